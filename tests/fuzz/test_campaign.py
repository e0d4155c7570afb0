"""A search says what came of it, and whatever ends it early is a finding. atheris itself runs in `make fuzz` only."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.campaign import DRIVE, Outcome, outcome, search
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

STATS = "stat::number_of_executed_units: 8165\nstat::peak_rss_mb:              40\n"
RAISED = "\n === Uncaught Python exception: ===\nKeyError: 'planted'\nTraceback\n"


def found(code: int | None, said: str) -> str | None:
    return outcome("frames", 3.0, code, said).finding


def test_a_search_without_a_finding_is_one_line() -> None:
    line = outcome("frames", 3.2, 0, "Done\n" + STATS).line()

    assert line == "frames       8,165 executions in 3 s, at most 40 MiB, 0 findings"


def test_whatever_ends_a_search_is_a_finding() -> None:
    assert found(77, RAISED + "SUMMARY: libFuzzer: fuzz target exited\n" + STATS) == "KeyError: 'planted'"
    assert found(70, "SUMMARY: libFuzzer: timeout\n" + STATS) == "timeout"
    assert found(71, "SUMMARY: libFuzzer: out-of-memory\n" + STATS) == "out-of-memory"
    assert found(-11, "") == "it ended with code -11"
    assert found(None, STATS) == "it did not end"
    assert found(0, "") == "nothing was executed"
    assert found(0, STATS) is None


def pretended(tmp_path: Path, script: str, seconds: int = 1) -> Outcome:
    """What a search makes of a driver that does as `script` says."""
    driver = tmp_path / "driver.py"
    driver.write_text(script, encoding="utf-8")
    target = Target("named", lambda data: True, len, lambda: (b"one", b"two"), (b'"\xff\\',))
    return search(target, seconds, tmp_path / "kept", (sys.executable, str(driver)))


def test_the_driver_gets_limits_seeds_and_words(tmp_path: Path) -> None:
    gone = pretended(
        tmp_path,
        "import sys, pathlib\n"
        "print(sys.argv[1:-1])\n"
        "print(sorted(path.read_bytes() for path in pathlib.Path(sys.argv[-1]).iterdir()))\n"
        "print(*(pathlib.Path(a.split('=')[1]).read_text() for a in sys.argv if a.startswith('-dict=')))\n"
        f"print({STATS!r})\n",
    )

    assert gone.finding is None
    for wanted in ("'named', '-max_total_time=1', '-timeout=5', '-rss_limit_mb=256'", "[b'one', b'two']"):
        assert wanted in gone.said
    assert r'"\x22\xff\x5c"' in gone.said
    assert f"-artifact_prefix={tmp_path}/kept/named-" in gone.said


def test_a_driver_that_dies_is_a_finding(tmp_path: Path) -> None:
    assert pretended(tmp_path, "import os\nos._exit(3)\n").finding == "it ended with code 3"


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed: `make fuzz` installs and runs it")
@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_a_second_of_the_real_thing(target: Target, tmp_path: Path) -> None:
    gone = search(target, 1, tmp_path, DRIVE)

    assert gone.finding is None, gone.said
    assert gone.executions > len(target.seeds())
