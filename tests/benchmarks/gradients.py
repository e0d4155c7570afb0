"""Our gradient check against what people use: time of a verdict, bugs caught, right code rejected.

- `core` is one probe in this process: the student's function, the reference's, the comparison. It does what a peer
  does once. `check` is the whole gradient check with its four probes, in process; `piped` is the same through the
  sandbox from a session that is ready; `part` is what a student waits for: a session from a spare, the contract, the
  gradient.
- Peers are torch.autograd.gradcheck (slow and fast), JAX's check_vjp, scipy.optimize.check_grad (all coordinates, one
  random direction) and CS231n's recipe (all coordinates, ten of each tensor; `lenient` takes its other threshold).
  Their modules under peers/ say with what steps and thresholds, and to whom that is unfair.
- In favour of peers: no frames, no copies but one, no second probe, and a result of a wrong shape counts as caught.
  Against them: they have no reference and see one point. They ask whether a gradient is that of the student's own
  loss; so only bugs that lie in a gradient are counted, where that is the question.
- Times are of right code, but for the figures named `wrong`: those are of a network without its ReLU mask, and ours
  then include naming the cause and finding the smallest case to work by hand, which no peer does. In rounds, every
  contestant once in each, in an order drawn anew. Ratios are those of medians over the same rounds; more than 1 is in
  our favour. A peer that runs the loss for every parameter gets two rounds at ten thousand parameters and none above.
- float32: right code that is given float32 arrays. Only JAX's check and ours are made for it; the others run with the
  steps they publish, which are for float64, and reject nearly everything. That is no merit of ours.
- Bugs and right code are the project's own suites (gradcheck/suite.py says which files), so nobody but us chose them.

The measuring is done by a program in a process of its own (gradcheck/measure.py): in the environment of `make
bench-peers` where it is there, because peers are no dependency of the project, and with one BLAS thread, which must
be said before NumPy is loaded.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark

ROOT = Path(__file__).parent.parent.parent
PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEERS_INSTALLED = ROOT / ".venv-bench" / ".installed"

ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}

QUICK_VERDICT_MS = 5.0

AT_MOST: Mapping[str, float] = {
    "gradients.piped.100.median": QUICK_VERDICT_MS,
    "gradients.caught_by_a_peer_only": 0.0,
    **{
        f"gradients.{name}.false_rejects.{precision}": 0.0
        for name in ("check", "part")
        for precision in ("float64", "float32")
    },
}
AT_LEAST: Mapping[str, float] = {f"gradients.quickest_peer_to_core.{size}": 1.0 for size in ("100", "10k", "100k")}


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Start the program and give on what it prints."""
    command = ["-m", "tests.benchmarks.gradcheck.measure", "--rounds", str(effort.rounds)]
    seed = effort.rng.randrange(2**32)
    yield from relayed([str(interpreter()), *command, "--seed", str(seed)])


def interpreter() -> Path:
    """The peers' Python where `make bench-peers` has finished, else this one."""
    return PEERS_PYTHON if PEERS_INSTALLED.exists() else Path(sys.executable)


def relayed(command: Sequence[str]) -> Iterator[Figure | Remark]:
    """What a program prints, line by line, with our promises. Raises RuntimeError if it fails."""
    environment = {**os.environ, **ONE_THREAD}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            for line in program.stdout:
                yield found(line.rstrip("\n"))
        finally:
            if program.poll() is None and not _ends(program):
                program.kill()
    if program.returncode != 0:
        raise RuntimeError(f"the measuring program ended with {program.returncode}")


def found(line: str) -> Figure | Remark:
    """A line as what it was printed from."""
    if line.startswith("# "):
        return Remark(line.removeprefix("# "))
    name, value, unit = line.split()
    return Figure(name, float(value), unit, at_most=AT_MOST.get(name), at_least=AT_LEAST.get(name))


def _ends(program: subprocess.Popen[str]) -> bool:
    try:
        program.wait(timeout=5.0)
    except subprocess.TimeoutExpired:
        return False
    return True


GRADIENTS = Benchmark("gradients", "verdicts on gradients against torch, JAX, SciPy and CS231n's recipe", run)
