"""The process that reads outlines: walled, bounded in time and size, and never believed more than it says."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import outline as module
from grader.sandbox.launch import ENVIRONMENT, plain_command
from grader.sandbox.outline import Outline, Unloadable, outline
from grader.upload import SourceFile, Upload


def one(text: str) -> Upload:
    return Upload((SourceFile("a.py", text),))


def test_a_file_comes_back_as_its_outline() -> None:
    found = outline(one("def relu(x):\n    return x\nprint(1)\nimport torch\n# é \N{GREEK SMALL LETTER ALPHA}\n"))

    assert isinstance(found, Outline)
    assert [(one.name, one.first_line, one.last_line, one.parameters) for one in found.definitions] == [
        ("relu", 1, 2, ("x",))
    ]
    assert found.skipped == ((3, 3, "call of print"),)
    assert found.absent == ("torch",)


def test_a_file_that_does_not_parse_comes_back_with_its_line() -> None:
    assert outline(one("x = 1\ndef f(:")) == Unloadable("SyntaxError", "invalid syntax", 2)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other kernels have no seccomp")
def test_the_process_is_walled_before_it_reads() -> None:
    settings = {"outline": True, "parent": os.getpid(), "cpu_seconds": 3, "memory_bytes": 512 << 20}
    with subprocess.Popen(
        plain_command(settings), env=ENVIRONMENT, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        status = Path(f"/proc/{process.pid}/status")
        try:
            for _ in range(600):
                if "Seccomp:\t2" in status.read_text():
                    break
                time.sleep(0.05)
            assert "Seccomp:\t2" in status.read_text()
            assert "NoNewPrivs:\t1" in status.read_text()
            assert "CapEff:\t0000000000000000" in status.read_text()
        finally:
            process.kill()


@pytest.mark.parametrize(
    "says",
    [
        "import time; time.sleep(60)",
        "",
        "print('no JSON')",
        "print('{\"definitions\": [[1]]}')",
        "print('{}')",
        "import sys; sys.stdout.write('[' * 100_000)",
        "while True: print('x' * 100_000)",
    ],
)
def test_whatever_the_process_says_ends_in_no_outline(monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    monkeypatch.setattr(module, "WALL_SECONDS", 2.0)

    def command(_settings: Any) -> list[str]:
        return [sys.executable, "-c", says]

    monkeypatch.setattr(module, "plain_command", command)
    assert outline(one("x = 1\n" * 1000)) is None


def test_memory_is_bounded() -> None:
    found = outline(one("x=[" + "1,2,a,b,[],()," * 70_000 + "]"))

    assert found is None or isinstance(found, Outline | Unloadable)
