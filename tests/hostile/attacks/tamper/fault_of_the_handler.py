"""Break down by means of the module that reports breakdowns."""
import faulthandler


def attack():
    faulthandler._sigsegv()
