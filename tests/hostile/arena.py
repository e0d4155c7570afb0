"""Grades an attack as if a student had handed it in, and then an honest submission, which must not notice."""

import ast
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from grader.grade import grade
from grader.report import Report, Verdict
from grader.report_json import to_json
from grader.sandbox import Call, Loaded, Raised, Reply, Sandbox, Session, Stopped
from grader.sandbox.levels import LEVELS
from grader.sandbox.unsafe import UnsafeSandbox
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder
from reference.spec import Forward, Limits, Part
from tests.hostile.outcomes import (
    HARMLESS,
    TOO_SLOW,
    TOO_SLOW_AT_LOAD,
    TOO_SLOW_IN_ALL,
    Either,
    Outcome,
    Scores,
    Stops,
    chosen,
    compare,
)

WALLED = tuple(level for level in LEVELS if level != UnsafeSandbox.level)
"""Every level that has walls to be attacked."""

ATTACKS = Path(__file__).parent / "attacks"
SEED = "public:1"

LIMITS = Limits(load_seconds=10.0, call_seconds=10.0, cpu_seconds=8, memory_mib=256, output_bytes=20_000)
ONE_CPU_SECOND = replace(LIMITS, call_seconds=20.0, cpu_seconds=1)
IMPATIENT = replace(LIMITS, load_seconds=5.0, call_seconds=0.3)
IMPATIENT_AT_LOAD = replace(LIMITS, load_seconds=0.5)
IMPATIENT_IN_ALL = replace(LIMITS, part_seconds=0.5)
FEW_CHANGES = replace(LIMITS, changes=20)
"""What does no harm is searched too, and one that ends no call but the changed ones need not be for eight seconds."""

PLANTED = "ANSWER = 42\n"
REST = "\ndef relu(x):\n    return x * (x > 0)\n"
"""The honest part of every attacker's file."""

REPORT_BYTES = 100_000
"""Of a report on three functions, as JSON: what no attack makes it exceed."""

LEFT = ("left", "left.py", "left.pyc", "left.npy", "link", "made", "broken-through")
PLACES = ("/tmp", "/dev/shm", "/")
"""What attacks try to leave, and where."""


def names(group: str) -> set[str]:
    """The attack files of a group."""
    return {file.stem for file in (ATTACKS / group).glob("*.py")}


def limits_of(outcome: Outcome) -> Limits:
    """Limits under which an attack ends soon."""
    if outcome == TOO_SLOW:
        return IMPATIENT
    if outcome == TOO_SLOW_AT_LOAD:
        return IMPATIENT_AT_LOAD
    if outcome == TOO_SLOW_IN_ALL:
        return IMPATIENT_IN_ALL
    if outcome is HARMLESS:
        return FEW_CHANGES
    return ONE_CPU_SECOND if isinstance(outcome, Stops) and "processor time" in outcome.detail else LIMITS


class _Listening:
    """A session that remembers the first thing it heard."""

    def __init__(self, session: Session, heard: list[Reply]) -> None:
        self._session = session
        self._heard = heard

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        loaded = self._session.loaded
        if not isinstance(loaded, Loaded):
            self._heard.append(loaded)
        return loaded

    @property
    def printed(self) -> str:
        return self._session.printed

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        replies = self._session.run(calls)
        self._heard.extend(replies)
        ended = [reply for reply in replies if isinstance(reply, Stopped)]
        assert replies[len(replies) - len(ended) :] == ended[:1] * len(ended)  # an ending is every later reply
        return replies


@dataclass
class Overheard:
    """A Sandbox that keeps what submissions answered, in order."""

    sandbox: Sandbox
    heard: list[Reply] = field(default_factory=list)

    @property
    def level(self) -> str:
        return self.sandbox.level

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[Session]:
        """A session of the sandbox."""
        with self.sandbox.open(upload, limits) as session:
            yield _Listening(session, self.heard)

    def close(self) -> None:
        """Nothing of its own to end."""


Result = TypeVar("Result")


@dataclass(frozen=True)
class Arena:
    """Where attacks meet the sandbox.

    honest: report of the shipped solution's softmax before any attack. planted: a folder anybody may write to, with an
    answer in it. port: of a listener on this machine.
    """

    sandbox: Sandbox
    folder: AssignmentFolder
    honest: Report
    planted: Path
    port: int

    def fight(self, group: str, name: str, expected: Outcome) -> None:
        """Grade the attack; the outcome is exactly the expected one, and nobody else notices."""
        self.beside(lambda: self._attack(group, name, expected))
        self.assert_untouched()

    def beside(self, attack: Callable[[], Result]) -> Result:
        """What `attack` gives, while an honest submission is graded at the same time and notices nothing."""
        with ThreadPoolExecutor(1) as pool:
            honest = pool.submit(honest_report, self.folder, self.sandbox)
            result = attack()
            assert honest.result() == self.honest
        return result

    def assert_untouched(self) -> None:
        """The next submission gets the report it got before, and nothing was left or changed."""
        assert honest_report(self.folder, self.sandbox) == self.honest
        left = [Path(place) / name for place in PLACES for name in LEFT]
        assert [path for path in left if path.exists() or path.is_symlink()] == []
        assert [(file.name, file.read_text("utf-8")) for file in self.planted.iterdir()] == [("answers.py", PLANTED)]

    def _attack(self, group: str, name: str, expected: Outcome) -> None:
        limits = limits_of(expected)
        folder = replace(self.folder, assignment=replace(self.folder.assignment, parts=PARTS, limits=limits))
        overheard = Overheard(self.sandbox)
        report = grade(folder, self._upload(group, name), overheard, SEED)

        first = overheard.heard[0] if overheard.heard else None
        outcome = chosen(expected, first)
        compare(outcome, first, self.sandbox.level)
        attacked, rest = (part.checks[0] for part in report.parts)
        # Who is faster may also change between the calls of one check: the first answered, the second cut off.
        may_be = {expected.one.verdict, expected.other.verdict} if isinstance(expected, Either) else {outcome.verdict}
        assert attacked.verdict in may_be
        assert attacked.points.given == 0
        if isinstance(outcome, Scores):
            assert attacked.diagnosis is not None
            assert attacked.diagnosis.code in {outcome.code, *outcome.also}
        assert rest.verdict is (Verdict.PASSED if outcome.rest else outcome.verdict)
        assert report.score.given == (rest.points.maximum if outcome.rest else 0)
        assert len(report.printed) <= limits.output_bytes
        assert len(json.dumps(to_json(report), allow_nan=False)) <= REPORT_BYTES

    def _upload(self, group: str, name: str) -> Upload:
        """The attack's file with an honest relu; where it has no softmax of its own, softmax is the attack."""
        source = (ATTACKS / group / f"{name}.py").read_text("utf-8")
        functions = {
            node.name: node for node in ast.parse(source).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        }
        if "softmax" not in functions:
            attack = functions.get("attack")
            asked = [argument.arg for argument in attack.args.args] if isinstance(attack, ast.FunctionDef) else []
            given = ", ".join(repr(self._knowledge()[word]) for word in asked)
            source += f"\n\ndef softmax(logits):\n    return attack({given})\n"
        if "relu" not in functions:
            source += REST
        return Upload((SourceFile("numpy.py" if name == "shadow_numpy" else "attack.py", source),))

    def _knowledge(self) -> dict[str, object]:
        """What an attack may be told, by the name of its parameter."""
        environment = ["PATH", "HOME", *sorted(name for name in os.environ if name.startswith("PYTEST"))]
        return {"folder": str(self.planted), "port": self.port, "names": environment}


PARTS = (Part("softmax", (Forward("softmax", 6),)), Part("relu", (Forward("relu", 6),)))
"""What an attacker is graded on: the attack, and the rest."""


def honest_report(folder: AssignmentFolder, sandbox: Sandbox) -> Report:
    """The report of the shipped solution on `folder`, without seconds."""
    return grade(folder, Upload((SourceFile("solution.py", folder.solution),)), sandbox, SEED, clock=lambda: 0.0)
