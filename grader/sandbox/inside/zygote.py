"""A process with everything loaded that forks one walled child a session, so that a session need not load anything.

It runs no student's code, holds no secret and has one thread. Orders come over a socket (see grader/sandbox/zygote.py):
JSON limits and four descriptors. The answer is the child's descriptor; its status goes to the fourth when it ends.
"""

import gc
import json
import os
import select
import signal
import socket
from dataclasses import dataclass
from typing import NoReturn

from grader.sandbox.inside import serve, walls
from grader.sandbox.inside.rehearsal import rehearse
from grader.sandbox.inside.status import STATUS

CONTROL = 3  # where children have their frames: the socket is replaced by them at once
ORDER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Order:
    """A child to be made: whether it has time to rehearse, its limits and its pipe ends."""

    ahead: bool
    cpu_seconds: int
    memory_bytes: int
    calls: int
    frames: int
    prints: int
    status: int


@dataclass(frozen=True, slots=True)
class Child:
    """A living child: process id, and the pipe that takes its status."""

    number: int
    status: int


class Nursery:
    """Makes children as they are ordered, and tells of each how it ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._children: dict[int, Child] = {}  # by the descriptor that says they ended
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> Order:
        """Returns in every child, with its order; in the zygote itself never. Ends with the supervisor."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor != CONTROL:
                    self._bury(descriptor)
                    continue
                order = self._next()
                if order is None:
                    self._end()
                if self._fork(order):
                    return order

    def _next(self) -> Order | None:
        """The next order; None when the supervisor is gone."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, ORDER_BYTES, 4)
        except ConnectionError:
            return None
        return Order(*json.loads(data), *descriptors) if data else None

    def _fork(self, order: Order) -> bool:
        """Make a child; True in the child."""
        try:
            number = os.fork()
        except OSError as error:
            self._answer(f"no further process: {error}".encode(), [])
            os.close(order.status)
        else:
            if number == 0:
                self._control.detach()  # its number is about to be another's
                return True
            descriptor = os.pidfd_open(number)
            self._children[descriptor] = Child(number, order.status)
            self._poll.register(descriptor, select.POLLIN)
            self._answer(b"", [descriptor])
        for unneeded in (order.calls, order.frames, order.prints):
            os.close(unneeded)
        return False

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


def serve_many(control: int, numpy_folder: str) -> NoReturn:
    """Never returns, neither in the zygote nor in a child."""
    serve.arrange(control)  # to descriptor 3, as a child's frames
    plan = walls.plan(serve.prepare(numpy_folder))
    walls.harden()
    parent = os.getpid()
    rehearse()
    nursery = Nursery(socket.socket(fileno=CONTROL))
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    os.write(CONTROL, b"ready")
    order = nursery.serve()
    del nursery  # from here on this is a child, and a student may look at these names
    for descriptor, place in ((order.calls, 0), (order.prints, 1), (order.prints, 2), (order.frames, CONTROL)):
        os.dup2(descriptor, place, inheritable=False)
    settings = walls.Settings("all", "", CONTROL, parent, order.cpu_seconds, order.memory_bytes)
    report = walls.enclose(settings, plan)
    if order.ahead:
        rehearse()
    serve.work(report)
    os._exit(1)
