"""The rehearsal leaves a process as it was."""

import linecache
import sys

from grader.sandbox.inside.rehearsal import rehearse


def test_nothing_is_left() -> None:
    rehearse()
    before = set(sys.modules), list(sys.meta_path), dict(linecache.cache)

    rehearse()

    assert (set(sys.modules), list(sys.meta_path), dict(linecache.cache)) == before
    assert "rehearsal" not in sys.modules
