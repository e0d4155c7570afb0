"""Accounts and lists of people: first passwords, invitations, new passwords, and what a list as a file says."""
