"""The same, where only the class may not be asked for."""


class Trap:
    @property
    def __class__(self):
        raise SystemExit

    def __call__(self, x):
        return x


trap = Trap()
value = trap.shape
trap.shape = 3


def attack():
    return 1.0
