"""Real processes of the service on loopback: `chainrule serve` and `chainrule worker` on one data folder.

Every process that is started is held here, and ended by its own handle when the folder's `Service` is closed.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLI = "app.cli"
END_SECONDS = 30.0

UNLIMITED = {
    "CHAINRULE_API_REQUESTS_PER_MINUTE": "0",
    "CHAINRULE_UPLOADS_PER_MINUTE": "0",
    "CHAINRULE_PAGES_PER_MINUTE": "0",
}
"""A few tokens play a whole course: what one of them may ask in a minute is not what is measured."""


@dataclass(eq=False)
class Running:
    """A process that was started. address: where it answers, empty for a worker."""

    process: "subprocess.Popen[bytes]"
    address: str = ""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if self.alive:
            self.process.send_signal(number)

    def kill(self) -> None:
        """SIGKILL to this process alone: what it started must find out by itself."""
        self.send(signal.SIGKILL)
        self.process.wait()

    def terminate(self) -> None:
        """Ask it to end, and insist after a while."""
        self.send(signal.SIGCONT)  # a stopped process would not hear
        self.send(signal.SIGTERM)
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Service:
    """The processes on one data folder. environment: settings of all of them. module: what is run as `chainrule`.

    port: of its servers; 0 until the first one has taken a free one, which those after it take again.
    """

    data_dir: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    module: str = CLI
    port: int = 0
    started: list[Running] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where its server answers, once there was one."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the processes say."""
        return self.data_dir / "log"

    def serve(self, **environment: str) -> Running:
        """A server on the service's port, when it listens. Raises RuntimeError with its log if it ends first."""
        running = self._start(["serve", "--port", str(self.port)], environment)
        assert running.process.stdout is not None
        said = running.process.stdout.readline().decode()
        answers = re.search(r"http://127\.0\.0\.1:(\d+)", said)
        if answers is None:
            running.kill()
            raise RuntimeError(f"the server does not start: {self.log.read_text(errors='replace')[-2000:]}")
        running.address, self.port = answers[0], int(answers[1])
        return running

    def worker(self, **environment: str) -> Running:
        """A worker beside the server."""
        return self._start(["worker"], environment)

    def close(self) -> None:
        """End everything that was started and still runs."""
        for running in reversed(self.started):
            running.terminate()
            if running.process.stdout is not None:
                running.process.stdout.close()

    def _start(self, arguments: Sequence[str], environment: Mapping[str, str]) -> Running:
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={
                    **os.environ,
                    "PYTHONPATH": str(ROOT),
                    "CHAINRULE_DATA_DIR": str(self.data_dir),
                    **UNLIMITED,
                    **self.environment,
                    **environment,
                },
            )
        self.started.append(running := Running(process))
        return running


def below(pid: int) -> dict[int, str]:
    """Process id and command of everything that a process started, and of what that started."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue  # it ended while we looked
        for child in map(int, children):
            try:
                found[child] = Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            found |= below(child)
    return found
