"""Signing in with an identity provider by OpenID Connect: the code flow with PKCE."""
