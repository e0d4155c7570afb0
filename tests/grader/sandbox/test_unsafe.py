"""The unsafe level: the same calls and verdicts, limits only, and its name in every report."""

import numpy as np

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Returned, Stopped
from grader.sandbox.unsafe import UnsafeSandbox
from grader.upload import SourceFile, Upload
from reference.spec import Limits

SOURCE = """
import os, signal
import numpy as np
print("skipped")
def relu(x): return np.maximum(x, 0)
def hungry(): return np.ones(1 << 32)
def suicide(): os.kill(os.getpid(), signal.SIGKILL)
"""
UPLOAD = Upload((SourceFile("work.py", SOURCE),))


def test_calls_are_answered() -> None:
    with UnsafeSandbox().open(UPLOAD, Limits()) as session:
        loaded = session.loaded
        (reply,) = session.run([Call("relu", (np.array([-1.0, 2.0]),))])

    assert UnsafeSandbox().level == "unsafe"
    assert isinstance(loaded, Loaded)
    assert [what for _, _, what in loaded.skipped] == ["call of print"]
    assert isinstance(reply, Returned)
    np.testing.assert_array_equal(reply.value, [0.0, 2.0])


def test_limits_hold() -> None:
    with UnsafeSandbox().open(UPLOAD, Limits(memory_mib=512)) as session:
        (reply,) = session.run([Call("hungry")])

    assert isinstance(reply, Stopped)
    assert reply.verdict is Verdict.MEMORY_LIMIT


def test_without_walls_a_submission_can_kill_itself() -> None:
    with UnsafeSandbox().open(UPLOAD, Limits()) as session:
        (reply,) = session.run([Call("suicide")])

    assert isinstance(reply, Stopped)
    assert reply.verdict is Verdict.CRASHED
