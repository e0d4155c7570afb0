"""Gradebook files as the importers of learning management systems want them: made new, or an export filled in."""
