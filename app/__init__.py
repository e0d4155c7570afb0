"""Talks: pages, REST API, command line, worker. The only package that speaks HTTP."""
