"""LTI 1.3 Advantage: how learning management systems launch us, and how their gradebooks get the scores."""
