"""What a grading says: verdicts, findings, counterexamples, training, and the report as a page."""
