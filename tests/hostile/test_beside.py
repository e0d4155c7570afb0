"""An attack while another submission's process is open: it answers before and after."""

import numpy as np

from grader.report import Verdict
from grader.sandbox import Call, Returned, Sandbox, Stopped
from grader.upload import SourceFile, Upload
from tests.hostile.arena import ATTACKS, IMPATIENT, LIMITS


def test_an_open_session_outlives_the_end_of_another(sandbox: Sandbox) -> None:
    good = Upload((SourceFile("good.py", "import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n"),))
    bad = Upload((SourceFile("bad.py", (ATTACKS / "deny_service" / "spin.py").read_text("utf-8")),))
    x = np.array([-1.0, 2.0])
    with sandbox.open(good, LIMITS) as session, sandbox.open(bad, IMPATIENT) as hostile:
        before = session.run([Call("relu", (x,))])[0]
        ended = hostile.run([Call("attack")])[0]
        after = session.run([Call("relu", (x,))])[0]

    assert isinstance(ended, Stopped)
    assert ended.verdict is Verdict.TIME_LIMIT
    for reply in (before, after):
        assert isinstance(reply, Returned)
        np.testing.assert_array_equal(reply.value, [0.0, 2.0])
