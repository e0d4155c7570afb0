"""An exception that refuses to show where it happened."""


class Restless(Exception):
    @property
    def __traceback__(self):
        raise KeyboardInterrupt


def attack():
    raise Restless("here")
