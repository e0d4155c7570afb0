"""Rows to models and back, one repository a file. Nothing outside `submissions` sees a row."""
