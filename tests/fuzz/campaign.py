"""`make fuzz`: a bounded search for harmful bytes, one target after the other, and one line for each.

Every target runs in a process of its own under atheris, from its seeds, with a limit on memory and on the time of one
input. Whatever ends that process early is a finding: an exception that is not documented, a failed assertion, a crash,
too much memory, too much time, an exit. The input is kept in build/fuzz. Nothing else is kept: each run starts anew.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "build" / "fuzz"

INPUT_SECONDS = 5
"""For one input; the dearest of the greatest size takes a tenth of it."""

RSS_MIB = 256
"""For the whole process: interpreter, NumPy, corpus and atheris take 60, and the dearest input of INPUT_BYTES 25."""

INPUT_BYTES = 64 * 1024
GRACE_SECONDS = 60.0
"""For the start, which instruments every module, and the end."""

DRIVE = (sys.executable, "-m", "tests.fuzz.drive")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search came to. finding: what was found, None for nothing. said: all that the process said."""

    target: str
    executions: int
    seconds: float
    peak_mib: int
    finding: str | None
    said: str

    def line(self) -> str:
        """The summary in one line."""
        found = f"1 finding: {self.finding}" if self.finding else "0 findings"
        return (
            f"{self.target:<8} {self.executions:>9,} executions in {self.seconds:.0f} s, "
            f"at most {self.peak_mib} MiB, {found}"
        )


def outcome(target: str, seconds: float, code: int | None, said: str) -> Outcome:
    """Read what libFuzzer said; `code` is None if it did not end by itself. A search that ran nothing is a finding."""
    executions, peak_mib = _number("number_of_executed_units", said), _number("peak_rss_mb", said)
    raised = re.search(r"=== Uncaught Python exception: ===\n(.+)", said)
    summary = re.search(r"^SUMMARY: libFuzzer: (.+)$", said, flags=re.MULTILINE)
    finding = None
    if code is None:
        finding = "it did not end"
    elif code != 0:
        named = raised or summary
        finding = named[1] if named else f"it ended with code {code}"
    elif executions == 0:
        finding = "nothing was executed"
    return Outcome(target, executions, seconds, peak_mib, finding, said)


def search(target: Target, seconds: int, kept: Path = KEPT, drive: Sequence[str] = DRIVE) -> Outcome:
    """Fuzz one target for so many seconds. kept: folder for the input of a finding. drive: for tests."""
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(target.seeds()):
            (corpus / f"seed-{number}").write_bytes(seed)
        words = Path(scratch) / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words), encoding="ascii")
        options = {
            "max_total_time": seconds,
            "timeout": INPUT_SECONDS,
            "rss_limit_mb": RSS_MIB,
            "max_len": INPUT_BYTES,
            "dict": words,
            "artifact_prefix": kept / f"{target.name}-",
            "print_final_stats": 1,
            "verbosity": 0,
        }
        command = [*drive, target.name, *(f"-{name}={value}" for name, value in options.items()), str(corpus)]
        begun = time.monotonic()
        try:
            ended = subprocess.run(
                command,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=seconds + GRACE_SECONDS,
                check=False,
            )
            code, said = ended.returncode, ended.stdout
        except subprocess.TimeoutExpired as error:
            code, said = None, error.stdout or b""
    return outcome(target.name, time.monotonic() - begun, code, said.decode("utf-8", "replace"))


def main(arguments: Sequence[str]) -> int:
    """Search every target and say what came of it; 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="make fuzz", description="Fuzz the readers of strangers' bytes.")
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together")
    seconds = max(1, parser.parse_args(arguments).seconds // len(TARGETS))
    outcomes = []
    for target in TARGETS.values():
        found = search(target, seconds)
        outcomes.append(found)
        if found.finding:
            print(found.said, file=sys.stderr)
        print(found.line(), flush=True)
    if not any(found.finding for found in outcomes):
        return 0
    print(
        f"Inputs are in {KEPT.relative_to(ROOT)}; again: {Path(sys.executable).name} -m tests.fuzz.drive TARGET INPUT"
    )
    return 1


def _number(stat: str, said: str) -> int:
    found = re.search(rf"stat::{stat}:\s+(\d+)", said)
    return int(found[1]) if found else 0


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
