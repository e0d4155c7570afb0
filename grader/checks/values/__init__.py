"""Are values right, where formulas are fragile too, and given the student's own; and why they are not."""
