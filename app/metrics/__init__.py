"""What a monitor reads: counters of this process and the state of the queue. No label names a person."""
