"""Our sandbox as a contestant, with spares and without."""

import time

from grader.sandbox import Call, Returned, Sandbox, ceiling
from grader.sandbox.ceiling import Ceiling, NoCeiling, make_ceiling
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.full import FullSandbox, enclosed
from grader.sandbox.launch import plain_command
from grader.sandbox.levels import AUTO, choose, named
from grader.sandbox.warm import WarmLauncher
from grader.sandbox.zygote import Zygote
from grader.upload import SourceFile, Upload
from reference.spec import Limits
from tests.benchmarks.softmax_job import LOGITS, SOURCE, require_right

UPLOAD = Upload((SourceFile("softmax.py", SOURCE),))
CALL = Call("softmax", (LOGITS,), reply_bytes=LOGITS.nbytes)


class OurSandbox:
    """A Contestant: a session for every job, in a process of its own behind every wall of the level."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def one(self) -> float:
        """Open a session, load the file, call its function."""
        begun = time.perf_counter()
        with self._sandbox.open(UPLOAD, Limits()) as session:
            (reply,) = session.run((CALL,))
            seconds = time.perf_counter() - begun
        if not isinstance(reply, Returned):
            raise RuntimeError(f"our sandbox answered {reply}")
        require_right(reply.value)
        return seconds

    def close(self) -> None:
        """End the zygote."""
        self._sandbox.close()


def strongest_level() -> str:
    """The level at which this machine grades, by proof. Raises SandboxUnavailable."""
    sandbox = choose(AUTO)
    sandbox.close()
    return sandbox.level


def with_spares(level: str) -> OurSandbox:
    """As the service runs it."""
    return OurSandbox(named(level))


def on_demand(level: str) -> OurSandbox:
    """No spare is ever ready: each process is forked when it is asked for. All else is as the level makes it."""
    full = level == FullSandbox.level
    command = enclosed() if full else plain_command
    launch = WarmLauncher(None, ahead=0, start=lambda: Zygote(command, _ceiling()))
    return OurSandbox((FullSandbox if full else ContainerSandbox)(launch=launch, command=command))


def _ceiling() -> Ceiling | None:
    try:
        return make_ceiling(ceiling.BYTES)
    except NoCeiling:
        return None
