"""A one-shot warm pool: interpreters that have NumPy loaded before they are asked, each used once and replaced."""

import time
from collections import deque

from tests.benchmarks.peers.interpreter import Interpreter

SIZE = 2
"""As many as our sandbox keeps spares."""


class WarmPool:
    """A Contestant without any wall. It hides the start of an interpreter; it does not save it."""

    def __init__(self) -> None:
        self._waiting = deque(Interpreter() for _ in range(SIZE))

    def one(self) -> float:
        """One job in a process that waits for it; its successor is started once the result is there."""
        begun = time.perf_counter()
        interpreter = self._waiting.popleft()
        try:
            interpreter.ask()
            seconds = time.perf_counter() - begun
        finally:
            self._waiting.append(Interpreter())
            interpreter.close()
        return seconds

    def close(self) -> None:
        """End those that wait."""
        while self._waiting:
            self._waiting.popleft().close()
