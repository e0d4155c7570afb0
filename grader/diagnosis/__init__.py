"""From the evidence of a mismatch to its cause; one file a family."""
