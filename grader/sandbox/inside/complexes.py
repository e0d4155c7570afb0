"""Arrays that notice whether anything complex is computed from them: a complex step has no other sign.

They stand in the student's process, so what they say is not believed: a person is asked to look, and nothing else.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Noticing(np.ndarray[Any, Any]):
    """An array in all it does. What is computed from one, or beside one, is one too."""

    seen = False

    def __array_finalize__(self, _made_from: object) -> None:
        if self.dtype.kind == "c":
            Noticing.seen = True


def noticing(array: NDArray[Any]) -> Noticing:
    """The array as one that notices; nothing is seen yet."""
    Noticing.seen = False
    return array.view(Noticing)


def seen() -> bool:
    """Whether anything complex was computed since."""
    return Noticing.seen
