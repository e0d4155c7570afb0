"""Wait for a signal that nobody may send."""
import signal


def attack():
    signal.pause()
