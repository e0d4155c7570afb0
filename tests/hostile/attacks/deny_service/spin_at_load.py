"""Never finish loading."""


class Net:
    while True:
        pass
