"""Something that can be called, with code that is no code."""


class Code:
    co_filename = "attack.py"
    co_varnames = 5
    co_argcount = "x"


class Liar:
    __code__ = Code
    __defaults__ = 3

    def __call__(self, x):
        return x


liar = Liar()


def attack():
    return 1.0
