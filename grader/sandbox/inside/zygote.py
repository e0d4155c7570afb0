"""A process with everything loaded that forks one walled child a session, so that a session need not load anything.

It runs no student's code, holds no secret and has one thread. Orders come over a socket (see grader/sandbox/zygote.py):
limits, as JSON. The answer is the child's descriptor and our ends of its four pipes; its status goes to the fourth.
"""

import gc
import io
import json
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass
from typing import NoReturn

from grader.sandbox.inside import serve, walls
from grader.sandbox.inside.fork_hooks import left_out
from grader.sandbox.inside.rehearsal import rehearse
from grader.sandbox.inside.status import STATUS

CONTROL = 3  # where children have their frames: the socket is replaced by them at once
ORDER_BYTES = 4096
MOST_PREPARED = 64  # pairs of limits that are kept; an installation has as many as assignments with limits of their own


@dataclass(frozen=True, slots=True)
class Order:
    """A child to be made: whether it has time to rehearse, and its limits."""

    ahead: bool
    cpu_seconds: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Birth:
    """What a child knows of its making: whether it has time to rehearse, its limits and its ends of the pipes."""

    ahead: bool
    settings: walls.Settings
    limits: tuple[walls.Limit, ...]
    calls: int
    frames: int
    prints: int


@dataclass(frozen=True, slots=True)
class Child:
    """A living child: process id, and the pipe that takes its status."""

    number: int
    status: int


class Nursery:
    """Makes children as they are ordered, and tells of each how it ended."""

    def __init__(self, control: socket.socket, mapped_bytes: int) -> None:
        self._control = control
        self._mapped_bytes = mapped_bytes
        self._prepared: dict[tuple[int, int], tuple[walls.Settings, tuple[walls.Limit, ...]]] = {}
        self._children: dict[int, Child] = {}  # by the descriptor that says they ended
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> Birth:
        """Returns in every child, once; in the zygote itself never. Ends with the supervisor."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor != CONTROL:
                    self._bury(descriptor)
                    continue
                order = self._next()
                if order is None:
                    self._end()
                birth = self._fork(order)
                if birth is not None:
                    return birth

    def _next(self) -> Order | None:
        """The next order; None when the supervisor is gone."""
        try:
            data = self._control.recv(ORDER_BYTES)
        except ConnectionError:
            return None
        return Order(*json.loads(data)) if data else None

    def _fork(self, order: Order) -> Birth | None:
        """Make a child and its pipes; what it knows in the child, None in the zygote."""
        pipes: list[int] = []
        settings, limits = self._limits(order)
        try:
            for _ in range(4):
                pipes += os.pipe()
            number = os.fork()
        except OSError as error:
            self._answer(f"no further process: {error}".encode(), [])
            for descriptor in pipes:
                os.close(descriptor)
            return None
        calls, calls_ours, frames_ours, frames, prints_ours, prints, status_ours, status = pipes
        if number == 0:
            self._control.detach()  # its number is about to be another's
            return Birth(order.ahead, settings, limits, calls, frames, prints)
        descriptor = os.pidfd_open(number)
        self._children[descriptor] = Child(number, status)
        self._poll.register(descriptor, select.POLLIN)
        self._answer(b"", [descriptor, calls_ours, frames_ours, prints_ours, status_ours])
        for unneeded in pipes[:-1]:
            os.close(unneeded)
        return None

    def _limits(self, order: Order) -> tuple[walls.Settings, tuple[walls.Limit, ...]]:
        """What a child of this order is limited to, made once for all that are limited alike."""
        key = order.cpu_seconds, order.memory_bytes
        if key not in self._prepared:
            if len(self._prepared) >= MOST_PREPARED:
                self._prepared.clear()
            settings = walls.Settings("all", "", CONTROL, os.getpid(), *key, self._mapped_bytes)
            self._prepared[key] = settings, walls.limits(settings)
        return self._prepared[key]

    def _answer(self, error: bytes, descriptors: list[int]) -> None:
        try:
            socket.send_fds(self._control, [b"-" + error if error else b"+"], descriptors)
        except ConnectionError:
            self._end()

    def _bury(self, descriptor: int) -> None:
        """Take the status of a child that ended, and tell it."""
        child = self._children.pop(descriptor)
        self._poll.unregister(descriptor)
        os.close(descriptor)
        _, status, usage = os.wait4(child.number, 0)
        try:
            os.write(child.status, STATUS.pack(status, usage.ru_utime, usage.ru_stime, usage.ru_maxrss))
        except BrokenPipeError:
            pass  # nobody asks: a spare that was not needed
        finally:
            os.close(child.status)

    def _end(self) -> NoReturn:
        """Leave no child behind."""
        for descriptor in self._children:
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
        for descriptor in list(self._children):
            self._bury(descriptor)
        os._exit(0)


def prints_to_pipes() -> None:
    """Streams for prints that take what they write to for pipes, which it is in every child.

    A stream finds out once, when it is made, whether there is a position in it that it must keep.
    """
    for place, name in ((1, "stdout"), (2, "stderr")):
        kept = os.dup(place)
        pipe = os.pipe()
        os.dup2(pipe[1], place, inheritable=False)
        stream = io.TextIOWrapper(io.BufferedWriter(io.FileIO(place, "w", closefd=False)), encoding="utf-8")
        stream.buffer.raw.name = f"<{name}>"
        os.dup2(kept, place, inheritable=False)
        for end in (kept, *pipe):
            os.close(end)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def serve_many(control: int, numpy_folder: str, mapped_bytes: int = 0) -> NoReturn:
    """Never returns, neither in the zygote nor in a child. mapped_bytes: as in walls.Settings."""
    prints_to_pipes()
    serve.arrange(control)  # to descriptor 3, as a child's frames
    with left_out():
        readable = serve.prepare(numpy_folder)
    plan = walls.plan(readable)
    walls.harden()
    parent = os.getpid()
    rehearse()
    channel = socket.socket(fileno=CONTROL)
    nursery = Nursery(channel, mapped_bytes or walls.mapped_bytes())
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    own = os.pidfd_open(parent)
    socket.send_fds(channel, [b"ready"], [own])  # by which the supervisor can end it, whatever is around it
    os.close(own)
    birth = nursery.serve()
    del nursery, channel  # from here on this is a child, and a student may look at these names
    for descriptor, place in ((birth.calls, 0), (birth.prints, 1), (birth.prints, 2), (birth.frames, CONTROL)):
        os.dup2(descriptor, place, inheritable=False)
    report = walls.enclose(birth.settings, plan, birth.limits)
    if birth.ahead:
        rehearse()
    serve.work(report)
    os._exit(1)
