"""Never finish loading, inside a decorator."""


def wait(function):
    while True:
        pass


@wait
def attack():
    return 1.0
