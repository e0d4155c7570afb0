"""Finds the one change of a student's own code that makes every number right, where no known mistake explains them."""
