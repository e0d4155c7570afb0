"""Lower one's own limits, so that the next question cannot be read."""
import resource


def attack():
    resource.setrlimit(resource.RLIMIT_DATA, (1, 1))
