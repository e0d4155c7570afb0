"""A person's own account, and the ways into it: signing in, invitations, links, browsers and tokens."""
