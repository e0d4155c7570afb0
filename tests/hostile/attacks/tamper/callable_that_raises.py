"""Something that can be called, made while the file loads, and that raises whatever it is asked for."""


class Trap:
    def __call__(self, x):
        return x

    def __getattribute__(self, name):
        raise KeyboardInterrupt


trap = Trap()
value = trap.shape
trap.shape = 3
result = trap(1)


def attack():
    return 1.0
