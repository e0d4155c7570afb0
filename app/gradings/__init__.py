"""Gradings in processes of their own: what the worker holds of them, and the process itself."""
