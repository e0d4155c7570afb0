"""Messages: what is sent is what is read, and a field of another type is refused."""

import numpy as np
import pytest

from grader.sandbox.inside.frames import PREFIX_BYTES, Frame, WireError, header_length, read_body, read_header
from grader.sandbox.inside.messages import (
    MAX_FOUND,
    MAX_PARAMETERS,
    MESSAGE_CHARACTERS,
    call_frame,
    encode_returned,
    load_frame,
    read_call,
    read_load,
    read_reply,
    reply_frame,
)
from grader.sandbox.inside.wire import Call, Definition, Foreign, Kept, Loaded, OutOfReach, Raised, Returned, Value

LOADED = Loaded(
    (Definition("relu", 3, 5, ("x",), 1), Definition("Net.forward", 7, 9, ("self", "x", "*more"), 2)),
    ((11, 20, "for loop"),),
    ("matplotlib",),
    0.5,
    (OutOfReach("softmax", 30, "relu"), OutOfReach("fit", 40, "cell 2", "line 41: invalid syntax")),
)


def opened(frame: Frame) -> tuple[str, Value]:
    """Kind and value of a frame."""
    data = b"".join(frame.chunks())
    length = header_length(data[:PREFIX_BYTES])
    header = read_header(data[PREFIX_BYTES : PREFIX_BYTES + length], 1 << 30)
    return header.kind, read_body(header, data[PREFIX_BYTES + length :])


def test_load_comes_back() -> None:
    files = (("work.py", "x = 'ä'\n" * 50_000), ("helper.py", ""))

    assert read_load(opened(load_frame(files))[1]) == files


def test_call_comes_back() -> None:
    call = Call(
        "@net.forward", (1.5, Kept("net")), {"reg": 0.1}, "call", "cache", True, 7, reply_bytes=99, wall_seconds=3.0
    )

    got = read_call(opened(call_frame(call))[1])

    assert got == Call("@net.forward", (1.5, Kept("net")), {"reg": 0.1}, "call", "cache", True, 7, reply_bytes=99)


def test_steps_come_back() -> None:
    steps = (
        Call("Net", (3,), keep="net"),
        Call("@net.forward", (Kept("net"), [1.0]), {"reg": 0.1}, echo=True, seed=7),
        Call("@net.n", operation="read", quiet=True),
    )

    got = read_call(opened(call_frame(Call("Net.forward", operation="steps", steps=steps, reply_bytes=99)))[1])

    assert got == Call("Net.forward", operation="steps", steps=steps, reply_bytes=99)


@pytest.mark.parametrize(
    "reply",
    [
        LOADED,
        Raised("ValueError", "no", 7, ("work.py:7 in relu",), 0.5),
        Returned((1.0, "a", None), ([1.0, 2.0],), 0.5),
    ],
)
def test_replies_come_back(reply: Loaded | Raised | Returned) -> None:
    assert read_reply(*opened(reply_frame(reply)), 0.5) == reply


def test_texts_are_cut_outside_too() -> None:
    reply = read_reply("raised", ("E" * 9_000, "m" * 9_000, 1, ("t" * 9_000,) * 90), 0.0)

    assert isinstance(reply, Raised)
    assert len(reply.type_name) == 200
    assert len(reply.message) == MESSAGE_CHARACTERS
    assert [len(line) for line in reply.trace] == [200] * 20


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("LinAlgError", "LinAlgError"),
        ("Größe", "Größe"),
        ("no exception. relu is right", "Exception"),
        ("", "Exception"),
    ],
)
def test_the_name_of_an_exception_is_a_name(name: str, told: str) -> None:
    reply = read_reply("raised", (name, "m", 1, ()), 0.0)

    assert isinstance(reply, Raised)
    assert reply.type_name == told


def test_lists_of_what_was_found_are_cut_outside_too() -> None:
    definition: Value = ("f", 1, 2, tuple(["x"] * 9_000), 1, False)
    fields: list[Value] = [tuple([each] * 3_000) for each in (definition, (1, 2, "call"), "module", ("f", 1, "g", ""))]
    reply = read_reply("loaded", tuple(fields), 0.0)

    assert isinstance(reply, Loaded)
    found = (reply.definitions, reply.skipped, reply.stand_ins, reply.out_of_reach)
    assert list(map(len, found)) == [MAX_FOUND] * 4
    assert len(reply.definitions[0].parameters) == MAX_PARAMETERS


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("returned", 1.0),
        ("returned", (1.0,)),
        ("returned", (1.0, 2.0)),
        ("raised", ("E", "m", -1, ())),
        ("raised", ("E", "m", True, ())),
        ("raised", ("E", 5, 1, ())),
        ("raised", ("E", "m", 1, (1,))),
        ("raised", ("E", "m", 1)),
        ("loaded", ((("f", 1, 2, ("x",)),), (), (), ())),
        ("loaded", ((("f", 1, "2", ("x",), 1, False),), (), (), ())),
        ("loaded", ((("f", 1, 2, ("x",), 1, 1),), (), (), ())),
        ("loaded", ((), ((1, 2),), (), ())),
        ("loaded", ((), (), (np.zeros(2),), ())),
        ("loaded", ((), (), (), (("f", 1, "g"),))),
        ("loaded", ((), (), (), (("f", "1", "g", ""),))),
        ("loaded", ((), (), ())),
        ("ready", ()),
        ("", None),
    ],
)
def test_other_fields_are_refused(kind: str, value: Value) -> None:
    with pytest.raises(WireError):
        read_reply(kind, value, 0.0)


def test_a_value_beyond_the_caps_is_foreign_as_a_whole() -> None:
    reply = read_reply(*opened(encode_returned([[]] * 30_000, (np.zeros(3),))), 0.0)

    assert reply == Returned(Foreign("list with too many entries"), ())
