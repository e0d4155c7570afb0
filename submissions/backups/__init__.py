"""Backups: one file that holds an installation, checked when it is made and again before it replaces anything."""
