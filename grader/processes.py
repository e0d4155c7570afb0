"""The processes of one grading: one at a time holds the submission, for one part or for several in turn."""

from contextlib import ExitStack
from types import TracebackType

from grader.grading import Grading
from grader.patience import Patience, PatientSession


class Processes:
    """Opens a process where one is needed, and ends it when the next begins, or with the block.

    used: whether anything was called in the present one. The file was loaded in it either way.
    """

    def __init__(self, grading: Grading) -> None:
        self._grading = grading
        self._opened = ExitStack()
        self._session: PatientSession | None = None
        self._heard = 0
        self.used = False

    def __enter__(self) -> "Processes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def fresh(self, patience: Patience) -> PatientSession:
        """A process in which nothing was called."""
        if self._session is not None and not self.used:
            return self._session.under(patience)
        self.end()
        self._session = self._opened.enter_context(self._grading.open(patience))
        return self._session

    def present(self, patience: Patience, longest: float) -> PatientSession | None:
        """The process there is, whatever was called in it; none of its calls may take `longest` seconds or more."""
        return None if self._session is None else self._session.under(patience, longest)

    def prints(self) -> str:
        """What the present process printed since this was last asked; of loading the file once in all."""
        printed = "" if self._session is None else self._session.printed
        new = printed[self._heard :] if self._heard else printed.removeprefix(self._grading.loading)
        self._heard = len(printed)
        return new

    def end(self) -> None:
        """End the present process."""
        self._opened.close()
        self._session, self._heard, self.used = None, 0, False
