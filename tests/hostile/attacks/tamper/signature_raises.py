"""A function whose parameters cannot be read."""


class Signature:
    def __get__(self, instance, owner):
        raise SystemExit


def decorated(function):
    function.__signature__ = 1
    function.__wrapped__ = function
    return function


@decorated
def softmax(logits):
    return logits
