"""Signals that would come later."""
import signal


def attack():
    signal.setitimer(signal.ITIMER_REAL, 0.01)
