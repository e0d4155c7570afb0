"""What the web server does around every route, and how much it takes: heads, bodies, streams, limits, and its end."""
