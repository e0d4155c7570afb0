"""Real servers and workers in processes of their own, on one database, for tests that kill them."""

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 240.0  # for a loaded machine; nothing here measures speed


@dataclass
class Server:
    """`chainrule serve` on a free port, with everything it starts in one session of its own."""

    data_dir: Path
    process: "subprocess.Popen[bytes]"
    address: str

    def kill(self) -> None:
        """SIGKILL to the server alone: what it started must find out by itself."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Servers:
    """Starts servers and workers on one data folder, and ends what still runs when it is closed."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    started: list[Server] = field(default_factory=list)
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *arguments: str, **environment: str) -> Server:
        """`chainrule serve`, once it listens."""
        log = (self.data_dir / "log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app.cli", "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=log,
            env={**self._environment(), **environment},
        )
        log.close()
        assert process.stdout is not None
        said = process.stdout.readline().decode()
        process.stdout.close()
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address is not None, (self.data_dir / "log").read_text()
        server = Server(self.data_dir, process, address[0])
        self.started.append(server)
        return server

    def start_worker(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """`chainrule worker`."""
        with (self.data_dir / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-P", "-m", "app.cli", "worker", *arguments], stderr=log, env=self._environment()
            )
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """Kill what still runs, each by its own handle."""
        for server in self.started:
            if server.process.poll() is None:
                server.kill()
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def _environment(self) -> dict[str, str]:
        given = {"PYTHONPATH": str(ROOT), "CHAINRULE_DATA_DIR": str(self.data_dir)}
        return {**os.environ, **given, **self.environment}


def comes_to(server: Server, submission: str, headers: dict[str, str], *states: str) -> Any:
    """What the API says once the submission is in one of the states."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        body = httpx.get(f"{server.address}/api/v1/submissions/{submission}", headers=headers, timeout=60).json()
        if body["state"] in states:
            return body
        time.sleep(0.1)
    raise AssertionError((server.data_dir / "log").read_text())
