"""The in-process Session answers as the real one does, so that what is tested with it holds for both."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Session, Stopped
from grader.sandbox.inside.wire import Kept
from grader.sandbox.unsafe import UnsafeSandbox
from reference.spec import Limits
from tests.fakes.in_process import InProcessSandbox, upload

SOURCE = """\
import numpy as np


def array(x): return x * 2
def single(x): return x.astype(np.float32)
def transposed(x): return x.T
def scalar(x): return x.sum()
def integer(x): return np.int64(3)
def truth(x): return x.any()
def nothing(x): pass
def pair(x): return x, [x, 1.5, None]
def table(x): return {"a": x, "b": "text"}
def generator(x): return (row for row in x)
def objects(x): return np.array([x, None], dtype=object)
def imaginary(x): return x * 1j
def number(x): return 1j
def ragged(x): return [[1.0, 2.0], [3.0]]
def several(x): return {1.0}
def endless(x, held=[]): held[:] = [held]; return held
def spoils(x): x[:] = 0
def drawn(x): return np.random.rand(3)
def fails(x): raise ValueError("no " * 3)
def unfinished(x): raise NotImplementedError
def deep(x): return fails(x)
def keyword(x, more=1): return x + more
def talks(x): print("heard", x.shape)
"""
KEPT = """\
import numpy as np


class Net:
    def __init__(self, width): self.w = np.full(width, 0.5)
    def forward(self, x): self.seen = x; return x * self.w
    def spoils(self, x): x[:] = 7; return self
    def fails(self, x): raise SystemExit(3)
    def copies(self, other): self.w = other.w; return [1.5, "text", len(other.w)]


def of_net(net, x, more=1): return net.forward(x) + more
"""
NAMES = [line.split("(")[0].removeprefix("def ") for line in SOURCE.splitlines() if line.startswith("def ")]
X = np.arange(6.0).reshape(2, 3)


@pytest.fixture(scope="module")
def real() -> Iterator[Session]:
    """A real process without walls: what is compared here is the replies."""
    with UnsafeSandbox().open(upload(SOURCE), Limits()) as session:
        yield session


@pytest.fixture
def fake() -> Iterator[Session]:
    with InProcessSandbox().open(upload(SOURCE), Limits()) as session:
        yield session


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return type(other) is np.ndarray and one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
    if isinstance(one, (tuple, list)):
        return type(one) is type(other) and len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return isinstance(other, dict) and one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    return type(one) is type(other) and bool(one == other)


def _plain(reply: Reply) -> Reply:
    """Without what only a real process knows: its time and its trace."""
    if isinstance(reply, Raised):
        return replace(reply, seconds=0.0, trace=())
    return replace(reply, seconds=0.0)


@pytest.mark.parametrize("name", NAMES)
def test_replies_are_those_of_the_real_session(name: str, real: Session, fake: Session) -> None:
    call = Call(name, (X,), echo=True, seed=5)
    (expected,), (actual,) = real.run([call]), fake.run([call])

    expected, actual = _plain(expected), _plain(actual)
    if isinstance(expected, Returned):
        assert isinstance(actual, Returned)
        assert _same(expected.value, actual.value)
        assert _same(expected.arguments, actual.arguments)
    else:
        assert expected == actual


def test_calls_of_kept_objects_answer_as_in_the_real_session() -> None:
    net = Kept("net")
    calls = [
        Call("Net", (3,), keep="net"),
        Call("@net.forward", (X,), echo=True),
        Call("@net.seen", operation="read"),
        Call("@net.spoils", (X,), echo=True),
        Call("@net.fails", (X,)),
        Call("@net.missing", operation="read"),
        Call("Net", (3,), keep="other"),
        Call("@other.w", (np.arange(3.0),), operation="assign"),
        Call("@net.copies", (Kept("other"),), echo=True),
        Call("of_net", (net, X), {"more": 2}, echo=True),
        Call("@net.forward", (X,), keep="kept"),
        Call("of_net", (net, Kept("kept"))),
    ]
    calls += [
        Call("well", operation="steps", steps=tuple(replace(calls[i], quiet=i == 1) for i in (0, 1, 2, 3, 6, 7, 8))),
        Call("raises", operation="steps", steps=tuple(calls[:5])),
    ]
    with UnsafeSandbox().open(upload(KEPT), Limits()) as real, InProcessSandbox().open(upload(KEPT), Limits()) as fake:
        for expected, actual in zip(real.run(calls), fake.run(calls), strict=True):
            if isinstance(expected, Returned):
                assert isinstance(actual, Returned)
                assert _same(expected.value, actual.value)
                assert _same(expected.arguments, actual.arguments)
            else:
                assert replace(expected, seconds=0.0) == actual


def test_a_call_that_never_ends_is_ended() -> None:
    source = "def endless(x):\n    while True: pass\ndef well(x): return x\n"
    with InProcessSandbox(0.05).open(upload(source), Limits()) as session:
        well, ended, after = session.run([Call(name, (X,)) for name in ("well", "endless", "well")])

    assert isinstance(well, Returned)
    assert isinstance(ended, Stopped)
    assert ended.verdict is Verdict.TIME_LIMIT
    assert after == ended


def test_keywords_arrive_and_the_callers_array_stays(fake: Session) -> None:
    before = X.copy()
    keyword, spoilt = fake.run([Call("keyword", (X,), {"more": 2}), Call("spoils", (X,), echo=True)])

    assert isinstance(keyword, Returned)
    assert _same(X + 2, keyword.value)
    assert isinstance(spoilt, Returned)
    assert _same((np.zeros_like(X),), spoilt.arguments)
    assert np.array_equal(before, X)


def test_definitions_are_those_of_the_real_loader(real: Session, fake: Session) -> None:
    assert isinstance(real.loaded, Loaded)
    assert isinstance(fake.loaded, Loaded)
    assert real.loaded.definitions == fake.loaded.definitions


def test_names_that_are_set_to_what_can_be_called_are_definitions_too() -> None:
    source = KEPT + "\nalias = of_net\nrows = np.vectorize(abs)\nRATE = 0.5\nbound = Net(2).forward\n"
    with (
        UnsafeSandbox().open(upload(source), Limits()) as real,
        InProcessSandbox().open(upload(source), Limits()) as fake,
    ):
        assert isinstance(real.loaded, Loaded)
        assert isinstance(fake.loaded, Loaded)
        assert set(real.loaded.definitions) == set(fake.loaded.definitions)
        assert {"alias", "rows"} <= {found.name for found in fake.loaded.definitions}


def test_prints_are_kept(fake: Session) -> None:
    fake.run([Call("talks", (X,))])

    assert fake.printed == "heard (2, 3)\n"


def test_what_runs_in_between_costs_no_definition() -> None:
    # The real loader skips all of it; names that are computed may be set here.
    trials = "seen = double(1)\nassert seen == 3\nfor n in [1]: raise ValueError\nbroken = double(None)\n"
    source = f"def double(x): return x * 2\n{trials}def triple(x): return x * 3\n"
    for sandbox in (UnsafeSandbox(), InProcessSandbox()):
        with sandbox.open(upload(source), Limits()) as session:
            assert isinstance(session.loaded, Loaded)
            assert {"double", "triple"} <= {definition.name for definition in session.loaded.definitions}
            (reply,) = session.run([Call("triple", (2.0,))])
            assert isinstance(reply, Returned)
            assert reply.value == 6.0


def test_a_syntax_error_is_raised_at_load() -> None:
    with InProcessSandbox().open(upload("def f(:\n"), Limits()) as session:
        assert isinstance(session.loaded, Raised)
        assert (session.loaded.type_name, session.loaded.line) == ("SyntaxError", 1)


def test_an_ending_ends_every_later_call() -> None:
    ending = Stopped(Verdict.TIME_LIMIT, "too long")
    with InProcessSandbox(array=ending).open(upload(SOURCE), Limits()) as session:
        before, stopped, after = session.run([Call(name, (X,)) for name in ("nothing", "array", "nothing")])

    assert isinstance(before, Returned)
    assert stopped == after == ending


def test_sessions_are_counted_and_share_nothing() -> None:
    sandbox = InProcessSandbox()
    source = upload("SEEN = []\ndef f():\n    SEEN.append(1)\n    return len(SEEN)\n")
    values = []
    for _ in range(2):
        with sandbox.open(source, Limits()) as session:
            values += session.run([Call("f")])

    assert [Returned(1), Returned(1)] == values
    assert sandbox.opened == 2
