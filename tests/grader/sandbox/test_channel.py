"""The channel against pipes that misbehave in every way; no process is needed for that."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, cast

import numpy as np
import pytest

from grader.sandbox import channel as channels
from grader.sandbox.channel import Channel, Halt, Incoming
from grader.sandbox.inside.encoding import encode
from grader.sandbox.inside.frames import WireError
from grader.sandbox.process import Process


class Pipes:
    """Stands where a Process stands: our three ends, and the other three for the test to act on."""

    def __init__(self) -> None:
        self.reads_calls, self.calls = os.pipe()
        self.frames, self.writes_frames = os.pipe()
        self.prints, self.writes_prints = os.pipe()
        for descriptor in (self.calls, self.frames, self.prints, self.reads_calls):
            os.set_blocking(descriptor, False)

    def close(self) -> None:
        for descriptor in vars(self).values():
            try:
                os.close(descriptor)
            except OSError:
                continue  # the test closed it


class Clock:
    """A clock that goes on by `step` seconds each time it is read."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self.step = step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    with closing(Pipes()) as pipes:
        yield pipes


@pytest.fixture
def channel(pipes: Pipes) -> Iterator[Channel]:
    with closing(Channel(cast(Process, pipes), 100, time.monotonic)) as channel:
        yield channel


def frame(value: Any) -> bytes:
    return b"".join(encode("returned", value).chunks())


def soon() -> float:
    return time.monotonic() + 20.0


def test_an_answer_in_pieces(pipes: Pipes) -> None:
    data = frame((np.arange(5.0), "text"))
    incoming = Incoming(1 << 20)
    for position in range(len(data)):
        assert incoming.missing > 0
        incoming.feed(data[position : position + 1])

    kind, value = incoming.result(0)

    assert incoming.missing == 0
    assert kind == "returned"
    assert isinstance(value, tuple)
    np.testing.assert_array_equal(value[0], np.arange(5.0))


def test_an_answer_and_its_prints(pipes: Pipes, channel: Channel) -> None:
    os.write(pipes.writes_prints, b"said")
    os.write(pipes.writes_frames, frame((1.0, ())))

    assert channel.receive(0, soon()) == ("returned", (1.0, ()))
    assert bytes(channel.printed) == b"said"


def test_a_call_is_written_whole(pipes: Pipes) -> None:
    call = encode("call", (2.0, np.arange(5.0)))
    with closing(Channel(cast(Process, pipes), 100, Clock(0.01))) as channel:
        assert channel.exchange(call, 0, 0.1) is Halt.TIME

    assert os.read(pipes.reads_calls, 1 << 16) == b"".join(call.chunks())


def test_too_many_bytes_are_refused_at_the_header(pipes: Pipes, channel: Channel) -> None:
    """Only the header has arrived, and that is enough."""
    os.write(pipes.writes_frames, encode("returned", (np.zeros(3), ())).head())

    with pytest.raises(WireError, match="24 bytes of arrays where at most 16"):
        channel.receive(16, soon())


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x02\0\0\0[]", frame((1.0, ())) + b"x"])
def test_garbage_ends_the_wait_at_once(pipes: Pipes, channel: Channel, data: bytes) -> None:
    os.write(pipes.writes_frames, data)

    with pytest.raises(WireError):
        channel.receive(0, soon())


def test_bytes_that_nobody_asked_for(pipes: Pipes, channel: Channel) -> None:
    os.write(pipes.writes_frames, frame((1.0, ())))

    with pytest.raises(WireError, match="after the answer"):
        channel.exchange(encode("call", ()), 0, soon())


def test_a_closed_pipe(pipes: Pipes, channel: Channel) -> None:
    os.write(pipes.writes_frames, frame((1.0, ()))[:-1])
    os.close(pipes.writes_frames)

    assert channel.receive(0, soon()) is Halt.CLOSED


def test_a_process_that_reads_no_more(pipes: Pipes, channel: Channel) -> None:
    """The broken pipe for calls is no error of its own: the pipe for answers says how it ended."""
    os.close(pipes.reads_calls)
    os.close(pipes.writes_frames)

    assert channel.exchange(encode("call", (1.0,)), 0, soon()) is Halt.CLOSED


def test_time_is_up_however_much_drips(pipes: Pipes) -> None:
    os.write(pipes.writes_frames, frame((1.0, ()))[:-1])
    with closing(Channel(cast(Process, pipes), 100, Clock(1.0))) as channel:
        assert channel.receive(0, 3.0) is Halt.TIME


def test_an_answer_that_waits_is_in_time(pipes: Pipes) -> None:
    """A supervisor that the machine held up does not blame the student."""
    os.write(pipes.writes_frames, frame((1.0, ())))
    with closing(Channel(cast(Process, pipes), 100, Clock(50.0))) as channel:
        assert channel.receive(0, 3.0) == ("returned", (1.0, ()))


def test_a_process_that_does_not_read_is_not_waited_for(pipes: Pipes) -> None:
    """Sixteen megabytes do not fit a pipe; the clock still runs."""
    large = encode("call", (np.zeros(1 << 21),))
    with closing(Channel(cast(Process, pipes), 100, Clock(0.01))) as channel:
        assert channel.exchange(large, 0, 0.1) is Halt.TIME


def test_prints_stop_at_the_cap(pipes: Pipes, channel: Channel) -> None:
    os.write(pipes.writes_prints, b"x" * 100)
    os.write(pipes.writes_frames, frame((1.0, ())))
    assert channel.receive(0, soon()) == ("returned", (1.0, ()))

    os.write(pipes.writes_prints, b"y")
    assert channel.receive(0, soon()) is Halt.OUTPUT
    assert bytes(channel.printed) == b"x" * 100


def test_prints_beyond_what_is_kept_are_forgotten(pipes: Pipes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "KEPT_BYTES", 10)
    with closing(Channel(cast(Process, pipes), 100, time.monotonic)) as channel:
        for letter in (b"x", b"y"):
            os.write(pipes.writes_prints, letter * 8)
            os.write(pipes.writes_frames, frame((1.0, ())))
            assert channel.receive(0, soon()) == ("returned", (1.0, ()))
        assert bytes(channel.printed) == b"x" * 8 + b"y" * 2

        os.write(pipes.writes_prints, b"z" * 85)
        assert channel.receive(0, soon()) is Halt.OUTPUT


def test_prints_of_a_call_sent_ahead_do_not_cost_the_answer_before_it(pipes: Pipes, channel: Channel) -> None:
    """They overflow while an earlier answer is waited for, which lies in its pipe by then."""
    os.write(pipes.writes_frames, frame((1.0, ())))
    os.write(pipes.writes_frames, b"".join(encode("returned", (2.0, ())).numbered(1).chunks()))
    os.write(pipes.writes_prints, b"x" * 101)

    assert channel.receive(0, soon(), more=True) == ("returned", (1.0, ()))
    assert channel.receive(0, soon(), number=1, more=True) == ("returned", (2.0, ()))
    assert channel.receive(0, soon(), number=2) is Halt.OUTPUT


def test_closed_prints_are_no_end(pipes: Pipes, channel: Channel) -> None:
    os.close(pipes.writes_prints)
    os.write(pipes.writes_frames, frame((1.0, ())))

    assert channel.receive(0, soon()) == ("returned", (1.0, ()))
