"""The examples of the API's README run as they stand, against a real server on loopback."""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.main import REAL_WORKSHOP, create_app
from app.sandbox_health import SandboxHealth, SandboxState
from app.settings import Settings
from submissions.clock import system_clock
from submissions.queue import Handler
from tests.fakes.listening import listening

README = Path(__file__).parents[3] / "app" / "api" / "README.md"
RUNS_SECONDS = 120  # only a server that hangs needs more


@pytest.fixture
def address(settings: Settings, make_school: Callable[[Any], Any], fake: Handler) -> Iterator[tuple[str, str]]:
    """Where the service answers, and a token of an instructor; gradings are the fake's."""
    workshop = replace(
        REAL_WORKSHOP,
        examine=lambda _settings: SandboxHealth(SandboxState.HOLDS, "container"),
        graders=lambda _settings, _database, _stop, _metrics: lambda _level, _lost: contextlib.nullcontext(fake),
        send=lambda _context, _stop: None,
    )
    app = create_app(settings.model_copy(update={"embedded_worker": True}), system_clock, workshop)
    with listening(app) as server:
        yield server, make_school(_Started(app)).token("ines")


class _Started:
    """An application that a server runs, where a fixture expects a client's."""

    def __init__(self, app: Any) -> None:
        self.app = app


def test_every_example_runs(address: tuple[str, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    server, token = address
    examples = re.findall(r"^```sh\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
    work = tmp_path / "work"
    work.mkdir()
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "".join(examples)],
        cwd=work,
        env={"CHAINRULE": server, "TOKEN": token, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=RUNS_SECONDS,
        check=False,
    )

    assert len(examples) >= 7
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    assert "event: status" in ran.stdout
    assert (work / "sources.zip").read_bytes().startswith(b"PK")
