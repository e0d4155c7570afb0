"""What a training reaches and records: the checks of its outcome, each with what looks behind it."""
