"""How long a verdict takes, for networks of about a hundred, ten thousand and a hundred thousand parameters.

The network is the assignment's: one hidden ReLU layer, softmax, cross-entropy, 16 samples. Every checker is given the
same functions (the assignment's solution) and the same point, and hands out copies of the arrays.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.probes import Sizes
from grader.sandbox import Sandbox, Session
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder
from tests.benchmarks.benchmark import Effort
from tests.benchmarks.gradcheck import ours
from tests.benchmarks.gradcheck.checkers import PEERS
from tests.benchmarks.gradcheck.direct import DirectSession
from tests.benchmarks.gradcheck.problem import Accepts, FloatArray, Problem, accepted
from tests.benchmarks.process_tree import rest
from tests.benchmarks.rounds import Measure, interleaved

FUNCTION = "backward_prop"
WEIGHTS = ("w_h", "b_h", "w_o", "b_o")

SIZES: Mapping[str, Sizes] = {
    "100": {"N": 16, "D": 7, "H": 9, "C": 3},
    "10k": {"N": 16, "D": 67, "H": 127, "C": 10},
    "100k": {"N": 16, "D": 257, "H": 373, "C": 10},
}
"""Sizes of the probes by the parameters they make: 102, 9,916, 99,974."""

SMALL = "100"

MOST_FORWARDS = 50_000
"""A checker that needs more forwards than this for one verdict is left out: it would take half a minute and more."""

SLOW_FORWARDS = 1_000
SLOW_ROUNDS = 2
"""Checkers that need more than so many forwards get so many rounds, with ours in each of them."""

WRONG = "RELU_MASK_MISSING"
WRONG_ROUNDS = 20
"""The planted mistake with which verdicts on wrong code are timed, and in how many rounds at most."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of every verdict by contestant, and how often each accepted what it was given."""

    seconds: Mapping[str, list[float]]
    accepted: Mapping[str, list[bool]]


class Bench:
    """Everything that one size needs, made once: sessions, problem, probe."""

    def __init__(self, assignment: AssignmentFolder, source: str, sandbox: Sandbox, session: Session) -> None:
        self._folder, self._source, self._sandbox = assignment, source, sandbox
        names = functions_of(source)
        self._functions = {f.name: names[f.name] for f in assignment.assignment.functions}
        self._gradient = ours.gradients(assignment)[FUNCTION]
        self._piped = ours.subject_of(assignment, session)
        self._direct = ours.subject_of(assignment, DirectSession(self._functions))

    def ours(self) -> dict[str, Callable[[], bool]]:
        """Our own contestants, at the sizes in force."""
        function = self._folder.assignment.function(FUNCTION)
        probe = ours.first_probe(function, self._direct)
        return {
            "core": lambda: ours.core(function, self._direct, probe).passed,
            "check": lambda: ours.passes(self._gradient, self._direct),
            "piped": lambda: ours.passes(self._gradient, self._piped),
        }

    def part(self) -> bool:
        """Contract and gradient from the request for a session on, at the sizes in force."""
        upload = Upload((SourceFile("student.py", self._source),))
        with self._sandbox.open(upload, self._folder.assignment.limits) as session:
            subject = ours.subject_of(self._folder, session)
            checks = (ours.contract(self._folder, FUNCTION), self._gradient)
            return all([ours.passes(check, subject) for check in checks])

    def problem(self) -> Problem:
        """The same network as peers are given it."""
        function = self._folder.assignment.function(FUNCTION)
        arguments = ours.first_probe(function, self._direct).arguments
        x, target = arguments["x"], arguments["target"]
        forward, loss, backward = (self._functions[name] for name in ("forward_prop", "average_ce", FUNCTION))

        def own_loss(values: Sequence[FloatArray]) -> float:
            p = forward(x.copy(), *(value.copy() for value in values))[-1]
            return float(loss(target.copy(), p))

        def own_gradient(values: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
            return tuple(backward(x.copy(), target.copy(), *(value.copy() for value in values)))

        return Problem(tuple(arguments[name] for name in WEIGHTS), own_loss, own_gradient)


def functions_of(source: str) -> dict[str, Any]:
    """The names that a file of ours defines; it is run here."""
    names: dict[str, Any] = {"__name__": "student"}
    exec(compile(source, "student.py", "exec"), names)
    return names


def measured(bench: Bench, size: str, peers: Mapping[str, Accepts], effort: Effort) -> Iterator[tuple[int, Timing]]:
    """Rounds and timings at one size: first all quick contestants, then, in fewer rounds, those of many forwards."""
    with ours.of_size(SIZES[size]):
        problem = bench.problem()
        own = bench.ours()
        timed = {name: accepts for name, accepts in peers.items() if PEERS[name].timed}
        slow = {name for name in timed if PEERS[name].forwards * problem.size > SLOW_FORWARDS}
        kept = {name for name in slow if PEERS[name].forwards * problem.size <= MOST_FORWARDS}
        quick = {name: _peer(timed[name], problem) for name in timed if name not in slow}
        small = {"part": bench.part} if size == SMALL else {}
        yield effort.rounds, _rounds({**own, **small, **quick}, effort.rounds, effort, size == SMALL)
        if kept:
            few = min(SLOW_ROUNDS, effort.rounds)
            yield few, _rounds({**own, **{name: _peer(timed[name], problem) for name in kept}}, few, effort, False)


def measured_wrong(bench: Bench, peers: Mapping[str, Accepts], effort: Effort) -> Timing:
    """Verdicts on wrong code at the smallest size: ours name the cause and find a case to work by hand."""
    with ours.of_size(SIZES[SMALL]):
        problem = bench.problem()
        own = bench.ours()
        timed = {name: _peer(accepts, problem) for name, accepts in peers.items() if PEERS[name].timed}
        contestants = {"check": own["check"], "piped": own["piped"], **timed}
        return _rounds(contestants, min(WRONG_ROUNDS, effort.rounds), effort, False)


def left_out(size: str, peers: Mapping[str, Accepts]) -> list[str]:
    """Peers that need too many forwards at a size."""
    axes = SIZES[size]
    parameters = (axes["D"] + 1) * axes["H"] + (axes["H"] + 1) * axes["C"]
    return [name for name in peers if PEERS[name].timed and PEERS[name].forwards * parameters > MOST_FORWARDS]


def _peer(accepts: Accepts, problem: Problem) -> Callable[[], bool]:
    return lambda: accepted(accepts, problem)


def _rounds(contestants: Mapping[str, Callable[[], bool]], rounds: int, effort: Effort, rested: bool) -> Timing:
    verdicts: dict[str, list[bool]] = {name: [] for name in contestants}

    def measure(name: str) -> Measure:
        def one() -> list[float]:
            begun = time.perf_counter()
            verdict = contestants[name]()
            seconds = time.perf_counter() - begun
            verdicts[name].append(verdict)
            return [seconds]

        return one

    def wait() -> None:
        if rested:  # so that a spare is ready for the contestant that opens a session
            rest()

    return Timing(interleaved({name: measure(name) for name in contestants}, rounds, effort.rng, wait), verdicts)
