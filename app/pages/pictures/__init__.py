"""Pictures made on the server: each is an SVG that states its finding in words and carries its values as a table."""
