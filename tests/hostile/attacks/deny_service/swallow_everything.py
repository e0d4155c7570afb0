"""Catch every exception, the one that ends time too, and go on."""


def attack():
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
