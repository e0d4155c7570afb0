"""What is right and what is asked: the reference network and the assignments. NumPy and the standard library only."""
