"""What a call itself does: takes its arguments, answers, raises, leaves inputs and earlier results as they were."""
