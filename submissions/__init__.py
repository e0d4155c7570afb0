"""Remembers: accounts, courses, uploads, gradings, the queue and what is owed. The only package that speaks SQL."""
