"""A rest between two looks at a submission, which is over the moment its grading ends in this process."""

import asyncio
from contextlib import suppress
from types import TracebackType

from submissions.endings import Endings


class AwaitedEnding:
    """To be entered on the event loop before the first look, so that no ending comes between the two."""

    def __init__(self, endings: Endings, submission_id: str) -> None:
        self._endings = endings
        self._submission_id = submission_id
        self._loop = asyncio.get_running_loop()
        self._came = asyncio.Event()

    def __enter__(self) -> "AwaitedEnding":
        self._leave = self._endings.tell(self._submission_id, self._tell)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._leave()

    @property
    def came(self) -> bool:
        """Whether a grading has ended since the last look()."""
        return self._came.is_set()

    def look(self) -> None:
        """Whoever looks from now on sees every ending there was."""
        self._came.clear()

    async def rest(self, seconds: float) -> None:
        """Wait for so long, or until a grading ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._came.wait(), seconds)

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the loop is closed: the server has stopped, and nobody waits any more
            self._loop.call_soon_threadsafe(self._came.set)
