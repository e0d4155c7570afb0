"""An object that refuses to die."""


class Immortal:
    def __del__(self):
        while True:
            pass


KEPT = []


def attack():
    KEPT.append(Immortal())
    return 1.0
