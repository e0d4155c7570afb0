"""A hook that cannot be removed and refuses everything."""
import sys


def attack():
    def refuse(event, arguments):
        raise RuntimeError("no")

    sys.addaudithook(refuse)
    return 1.0
