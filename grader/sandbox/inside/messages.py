"""Messages as values and back: which fields a frame of each kind carries, checked one by one when it is read."""

from typing import Any

import numpy as np

from grader.sandbox.inside.encoding import TooLarge, encode
from grader.sandbox.inside.frames import Frame, WireError, text
from grader.sandbox.inside.wire import Call, Definition, Foreign, Loaded, OutOfReach, Raised, Returned, Value

MESSAGE_CHARACTERS = 3_000
"""Characters of an exception's message that are kept, inside and again outside."""

NAME_CHARACTERS = 200
TRACE_LINES = 20
MAX_LINE = 10_000_000
MAX_PARAMETERS = 100  # of one function: what a report can still show
MAX_FOUND = 1_000  # definitions, skipped statements or stand-ins of one file; loading counts them too


def load_frame(files: tuple[tuple[str, str], ...]) -> Frame:
    """The submission: pairs of a file name and its text. Texts cross as bytes, so the header stays small."""
    return encode(
        "load", tuple((name, np.frombuffer(source.encode("utf-8", "replace"), np.uint8)) for name, source in files)
    )


def read_load(value: Any) -> tuple[tuple[str, str], ...]:
    """The pairs of load_frame."""
    return tuple((name, source.tobytes().decode("utf-8")) for name, source in value)


def call_frame(call: Call) -> Frame:
    """A call on its way in; wall_seconds stays outside."""
    return encode("call", (*_fields(call), call.reply_bytes, tuple(map(_fields, call.steps))))


def _fields(call: Call) -> tuple[Value, ...]:
    arguments, keywords = tuple(call.arguments), dict(call.keywords)
    return call.target, arguments, keywords, call.operation, call.keep, call.echo, call.seed, call.quiet, call.names


def read_call(value: Any) -> Call:
    """The call of call_frame."""
    *fields, steps = value
    return Call(*(*fields, tuple(Call(*step) for step in steps)))


def reply_frame(reply: Returned | Raised | Loaded) -> Frame:
    """A reply on its way out; `seconds` is measured outside."""
    if isinstance(reply, Returned):
        return encode_returned(reply.value, reply.arguments)
    if isinstance(reply, Raised):
        return encode("raised", (reply.type_name, reply.message, reply.line, reply.trace))
    definitions = tuple(
        (
            found.name[:NAME_CHARACTERS],
            found.first_line,
            found.last_line,
            tuple(name[:NAME_CHARACTERS] for name in found.parameters),
            found.required,
            found.static,
        )
        for found in reply.definitions
    )
    out_of_reach = tuple((found.name, found.line, found.inside, found.why) for found in reply.out_of_reach)
    return encode("loaded", (definitions, reply.skipped, reply.stand_ins, out_of_reach))


def encode_returned(value: object, arguments: tuple[object, ...]) -> Frame:
    """What a student's function gave, whatever it is."""
    try:
        return encode("returned", (value, arguments))
    except TooLarge:
        return encode("returned", (Foreign(f"{type(value).__name__} with too many entries"), ()))


def read_reply(kind: str, value: Value, seconds: float) -> Returned | Raised | Loaded:
    """The reply in a frame from the sandbox. Raises WireError if a field is not what it should be."""
    fields = _tuple(value)
    if kind == "returned" and len(fields) == 2:
        return Returned(fields[0], _tuple(fields[1]), seconds)
    if kind == "raised" and len(fields) == 4:
        name, message, line, trace = fields
        lines = tuple(_text(entry, NAME_CHARACTERS) for entry in _tuple(trace)[-TRACE_LINES:])
        return Raised(
            _class(_text(name, NAME_CHARACTERS)), _text(message, MESSAGE_CHARACTERS), _line(line), lines, seconds
        )
    if kind == "loaded" and len(fields) == 4:
        definitions, skipped, stand_ins, out_of_reach = (_tuple(field)[:MAX_FOUND] for field in fields)
        return Loaded(
            tuple(_definition(entry) for entry in definitions),
            tuple(_skipped(entry) for entry in skipped),
            tuple(_text(entry, NAME_CHARACTERS) for entry in stand_ins),
            seconds,
            tuple(_out_of_reach(entry) for entry in out_of_reach),
        )
    raise WireError("a reply of unknown kind")


def _definition(entry: Value) -> Definition:
    fields = _tuple(entry)
    static = fields[5] if len(fields) == 6 else None
    if not isinstance(static, bool):
        raise WireError("a definition of unknown form")
    parameters = tuple(_text(name, NAME_CHARACTERS) for name in _tuple(fields[3])[:MAX_PARAMETERS])
    return Definition(
        _text(fields[0], NAME_CHARACTERS), _line(fields[1]), _line(fields[2]), parameters, _line(fields[4]), static
    )


def _skipped(entry: Value) -> tuple[int, int, str]:
    fields = _tuple(entry)
    if len(fields) != 3:
        raise WireError("a skipped statement of unknown form")
    return _line(fields[0]), _line(fields[1]), _text(fields[2], NAME_CHARACTERS)


def _out_of_reach(entry: Value) -> OutOfReach:
    fields = _tuple(entry)
    if len(fields) != 4:
        raise WireError("a definition out of reach of unknown form")
    name, line, inside, why = fields
    return OutOfReach(
        _text(name, NAME_CHARACTERS), _line(line), _text(inside, NAME_CHARACTERS), _text(why, NAME_CHARACTERS)
    )


def _tuple(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise WireError("a field that should be a tuple")
    return value


def _text(value: Value, characters: int) -> str:
    if not isinstance(value, str):
        raise WireError("a field that should be a text")
    return text(value, characters)


def _class(name: str) -> str:
    """The name of an exception's class, where it is one: any text can be made the name of a class."""
    return name if name.isidentifier() else "Exception"


def _line(value: Value) -> int:
    if type(value) is not int or not 0 <= value <= MAX_LINE:
        raise WireError("a field that should be a line number")
    return value
