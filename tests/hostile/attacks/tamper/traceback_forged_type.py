"""An exception that claims a traceback made of other things."""


class Pretender(Exception):
    class Step:
        tb_next = None
        tb_lineno = "1"

        class tb_frame:
            class f_code:
                co_filename = "attack.py"
                co_name = "relu"

    @property
    def __traceback__(self):
        return Pretender.Step


def attack():
    raise Pretender("there")
