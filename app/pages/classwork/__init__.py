"""A class's work on one assignment: dashboard, gradebook files, regrades, similar work, the audit."""
