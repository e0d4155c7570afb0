"""A dict that gets another entry for every key that is read."""
ANSWER = {}


class Key(str):
    __hash__ = str.__hash__

    def __str__(self):
        ANSWER[Key(len(ANSWER))] = 1.0
        return "key"


def attack():
    ANSWER[Key("0")] = 1.0
    return ANSWER
