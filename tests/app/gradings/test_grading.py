"""The process that grades: its answer, and every way in which it can fail, die or be stopped."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from app.gradings.grading import SubprocessGrader, grading_command
from app.gradings.grading_child import GradingFailed
from app.gradings.grading_process import NICENESS
from app.settings import Settings
from reference.catalog import Catalog
from submissions.errors import AssignmentUnusable, Postponed
from submissions.queue import Graded, Job
from tests.service.processes import below

SLUG = "ece421-numpy-nn"
NICEST = 19  # more than that no process stands back
ANSWER = """import json, sys
header = json.loads(sys.stdin.buffer.readline())
source = sys.stdin.buffer.read(header["size_bytes"])
"""


LASTING = """import json, os, sys
while line := sys.stdin.buffer.readline():
    header = json.loads(line)
    source = sys.stdin.buffer.read(header["size_bytes"])
    if source == b"fail":
        raise SystemExit(1)
    print(json.dumps({"report": {"version": "v", "process": os.getpid()}}), flush=True)
"""


WAITS = """    if source == b"wait":
        Path(sys.argv[1] + ".asked").touch()
        while not Path(sys.argv[1]).exists():
            time.sleep(0.05)
"""


def ignored(*_: object) -> None:
    """Told of something, forgets it."""


def one_job(grader: SubprocessGrader) -> Graded:
    """What a grader gives that is closed afterwards."""
    with closing(grader):
        return grader(job())


def job(source: bytes = b"x = 1\n") -> Job:
    return Job("grading", "submission", SLUG, "a1.py", source, 1)


@pytest.fixture
def told() -> list[Mapping[str, Any]]:
    return []


@pytest.fixture
def grader(
    settings: Settings, tmp_path: Path, told: list[Mapping[str, Any]]
) -> Iterator[Callable[..., SubprocessGrader]]:
    """A grader whose process runs the given program after having read its question; it is closed after the test."""
    made: list[SubprocessGrader] = []

    def make(program: str, wall_seconds: float = 60.0, stop: threading.Event | None = None) -> SubprocessGrader:
        script = tmp_path / "process.py"
        script.write_text(ANSWER + program)
        limited = settings.model_copy(update={"grading_wall_seconds": wall_seconds})
        grader = SubprocessGrader(
            limited,
            b"k" * 32,
            stop or threading.Event(),
            lambda _job, part: told.append(part),
            "container",
            lambda: told.append({"lost": True}),
            lambda _level: [sys.executable, str(script)],
        )
        made.append(grader)
        return grader

    yield make
    for grader in made:
        grader.close()


def test_the_answer_is_the_report_and_the_parts_are_told(
    grader: Callable[..., SubprocessGrader], told: list[Mapping[str, Any]]
) -> None:
    program = (
        'print(json.dumps({"part": "relu", "given": 1.0, "maximum": 2.0}))\n'
        'print(json.dumps({"report": {"version": "v", "header": header, "source": source.decode()}}))'
    )
    graded = grader(program)(job())

    assert graded.version == "v"
    assert graded.seed.startswith("secret:")
    assert graded.report_json["header"]["seed"] == graded.seed
    assert graded.report_json["header"]["assignment"] == SLUG
    assert graded.report_json["source"] == "x = 1\n"
    assert told == [{"part": "relu", "given": 1.0, "maximum": 2.0}]


def test_a_fault_of_the_course_is_not_ours(grader: Callable[..., SubprocessGrader]) -> None:
    with pytest.raises(AssignmentUnusable, match="no assignment"):
        grader('print(json.dumps({"unusable": "there is no assignment"}))')(job())


def test_progress_that_cannot_be_noted_costs_no_grade(settings: Settings, tmp_path: Path) -> None:
    script = tmp_path / "process.py"
    script.write_text(ANSWER + 'print(json.dumps({"part": "x"})); print(json.dumps({"report": {"version": "v"}}))')

    def fails(_job: Job, _part: Mapping[str, Any]) -> None:
        raise OSError("the disk is full")

    command = [sys.executable, str(script)]
    graded = one_job(
        SubprocessGrader(settings, b"k", threading.Event(), fails, "container", ignored, lambda _: command)
    )

    assert graded.version == "v"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise RuntimeError('the reference is missing')", "the reference is missing"),
        ("sys.exit(0)", "exit code 0"),
        ("print('no json')", "no JSON"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "exit code -9"),
    ],
)
def test_any_other_ending_is_our_fault(grader: Callable[..., SubprocessGrader], program: str, said: str) -> None:
    with pytest.raises(GradingFailed, match=said):
        grader(program)(job())


def test_a_process_that_does_not_read_its_question_is_our_fault(settings: Settings) -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.close()"]
    grader = SubprocessGrader(settings, b"k", threading.Event(), ignored, "container", ignored, lambda _: command)
    with pytest.raises(GradingFailed):
        grader(job(b"#" * 1_000_000))


def test_a_wall_that_no_longer_holds_postpones_and_is_told(
    grader: Callable[..., SubprocessGrader], told: list[Mapping[str, Any]]
) -> None:
    with pytest.raises(Postponed, match="no network"):
        grader('print(json.dumps({"lost": "no network"}))')(job())
    assert told == [{"lost": True}]


@pytest.fixture
def lasting(settings: Settings, tmp_path: Path) -> Iterator[SubprocessGrader]:
    """A grader whose processes say who they are, and fail on request."""
    script = tmp_path / "process.py"
    script.write_text(LASTING)
    command = [sys.executable, str(script)]
    grader = SubprocessGrader(settings, b"k", threading.Event(), ignored, "container", ignored, lambda _: command)
    with closing(grader):
        yield grader


def process(grader: SubprocessGrader) -> int:
    return int(grader(job()).report_json["process"])


def test_a_process_grades_one_job_after_the_other(lasting: SubprocessGrader) -> None:
    first = process(lasting)

    assert process(lasting) == process(lasting) == first
    lasting.close()
    assert is_gone(first)


def test_prepared_processes_run_before_there_is_anything_to_grade(settings: Settings, tmp_path: Path) -> None:
    script = tmp_path / "process.py"
    script.write_text(
        "import os, sys\nfrom pathlib import Path\nPath(sys.argv[1], str(os.getpid())).touch()\n" + LASTING
    )
    (tmp_path / "begun").mkdir()
    command = [sys.executable, str(script), str(tmp_path / "begun")]
    grader = SubprocessGrader(settings, b"k", threading.Event(), ignored, "container", ignored, lambda _: command)
    with closing(grader):
        grader.prepare(2)
        assert within(10.0, lambda: len(list((tmp_path / "begun").iterdir())) == 2)
        begun = {int(file.name) for file in (tmp_path / "begun").iterdir()}

        assert process(grader) in begun
        assert len(list((tmp_path / "begun").iterdir())) == 2
    assert all(is_gone(one) for one in begun)


def test_where_one_process_cannot_be_started_none_is_left(settings: Settings, tmp_path: Path) -> None:
    script = tmp_path / "process.py"
    script.write_text(LASTING)
    commands = iter([[sys.executable, str(script)], [str(tmp_path / "absent")]])
    grader = SubprocessGrader(
        settings, b"k", threading.Event(), ignored, "container", ignored, lambda _: next(commands)
    )
    with pytest.raises(FileNotFoundError):
        grader.prepare(2)

    assert not any(str(script) in command for command in below(os.getpid()).values())


def test_after_a_failure_the_process_is_another(lasting: SubprocessGrader) -> None:
    first = process(lasting)
    with pytest.raises(GradingFailed, match="exit code 1"):
        lasting(job(b"fail"))

    assert process(lasting) != first


def test_a_process_that_died_between_two_jobs_costs_none(lasting: SubprocessGrader) -> None:
    first = process(lasting)
    os.kill(first, signal.SIGKILL)
    assert within(10.0, lambda: is_gone(first))

    assert process(lasting) != first


def test_a_process_is_replaced_after_many_jobs(lasting: SubprocessGrader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.gradings.grading.MOST_JOBS", 2)
    processes = [process(lasting) for _ in range(4)]

    assert processes[0] == processes[1] != processes[2] == processes[3]


def test_jobs_at_the_same_time_have_processes_of_their_own(lasting: SubprocessGrader) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: process(lasting), range(8)))

    assert 1 <= len(set(both)) <= 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has a signal for the death of a parent")
def test_a_slot_that_ends_takes_no_process_along_that_another_uses(settings: Settings, tmp_path: Path) -> None:
    """When a worker stops, a slot that is idle ends at once; its process may be at another slot's grading by then."""
    script, go_on = tmp_path / "process.py", tmp_path / "go on"
    script.write_text(
        "import os, time\nfrom pathlib import Path\nfrom app.gradings.own_process import die_with_parent\n"
        "die_with_parent(os.getppid())\n" + LASTING.replace("    print(", WAITS + "    print(")
    )
    command = [sys.executable, str(script), str(go_on)]
    grader = SubprocessGrader(settings, b"k", threading.Event(), ignored, "container", ignored, lambda _: command)
    begun, may_end = threading.Event(), threading.Event()

    def idle_slot() -> None:
        process(grader)
        begun.set()
        may_end.wait(60.0)

    slot = threading.Thread(target=idle_slot)
    with closing(grader), ThreadPoolExecutor(1) as busy_slot:
        slot.start()
        assert begun.wait(60.0)
        graded = busy_slot.submit(grader, job(b"wait"))
        assert within(30.0, lambda: Path(f"{go_on}.asked").exists())
        may_end.set()
        slot.join()
        time.sleep(0.2)  # the kernel has ended what it would end
        go_on.touch()

        assert graded.result(60.0).version == "v"


def test_a_process_that_hangs_is_ended_with_its_children(
    grader: Callable[..., SubprocessGrader], tmp_path: Path
) -> None:
    child = tmp_path / "child.pid"
    program = (
        "import subprocess, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(child)!r}, 'w').write(str(p.pid))\n"
        "time.sleep(600)"
    )
    with pytest.raises(GradingFailed, match="took too long"):
        grader(program, wall_seconds=3.0)(job())

    assert within(5.0, lambda: is_gone(int(child.read_text())))  # the kernel takes a moment to end it


def test_a_worker_that_stops_gives_the_job_back(
    grader: Callable[..., SubprocessGrader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.gradings.grading_child.STOP_SECONDS", 0.2)
    stop = threading.Event()
    stop.set()
    with pytest.raises(Postponed):
        grader("import time; time.sleep(600)", stop=stop)(job())


def test_a_grading_nearly_done_is_finished_before_stopping(grader: Callable[..., SubprocessGrader]) -> None:
    stop = threading.Event()
    stop.set()

    assert grader('print(json.dumps({"report": {"version": "v"}}))', stop=stop)(job()).version == "v"


def test_the_real_process_grades(settings: Settings) -> None:
    """The one test here that runs the real grading, in the real sandbox, in its own process."""
    told: list[Mapping[str, Any]] = []
    folder = Catalog.builtin().get(SLUG)
    grader = SubprocessGrader(
        settings, b"k" * 32, threading.Event(), lambda _, part: told.append(part), "container", ignored
    )
    with closing(grader):
        graded = grader(job(folder.solution.encode()))
        told.clear()
        again = grader(job(folder.solution.encode()))
        priorities = {os.getpriority(os.PRIO_PROCESS, child) for child in children()}

    assert graded.report_json["score"] == {"given": 100.0, "maximum": 100.0}
    assert graded.report_json["seed"] == graded.seed
    assert graded.version == folder.version
    assert again.report_json["score"] == graded.report_json["score"]
    assert [each["part"] for each in told if "part" in each] == [part.name for part in folder.assignment.parts]
    assert [each for each in told if "training" in each]
    assert min(os.getpriority(os.PRIO_PROCESS, 0) + NICENESS, NICEST) in priorities


def test_the_real_process_ends_with_its_parent(tmp_path: Path) -> None:
    """A parent that is killed without a word takes the grading process along."""
    noted = tmp_path / "grading.pid"
    parent = tmp_path / "parent.py"
    parent.write_text(
        "import subprocess, sys, time\n"
        "from app.gradings.grading import grading_command\n"
        "from app.gradings.own_process import own_environment\n"
        "p = subprocess.Popen(grading_command('container'), stdin=subprocess.PIPE, env=own_environment())\n"
        f"open({str(noted)!r}, 'w').write(str(p.pid))\n"
        "time.sleep(600)\n"
    )
    root = str(Path(__file__).parents[3])
    pid = os.spawnve(os.P_NOWAIT, sys.executable, [sys.executable, str(parent)], {**os.environ, "PYTHONPATH": root})
    try:
        assert within(30, lambda: noted.exists() and noted.read_text() != "")
        time.sleep(1.0)  # the child asks the kernel once its imports are done; before that it checks its parent
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)

    assert within(30, lambda: is_gone(int(noted.read_text())))


def test_the_command_names_this_process_and_the_level() -> None:
    assert grading_command("full")[-2:] == [str(os.getpid()), "full"]


def children() -> list[int]:
    """The processes that this one has begun and that have not been reaped."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # a thread that has ended meanwhile
            found += map(int, (task / "children").read_text().split())
    return found


def is_gone(pid: int) -> bool:
    """Whether no process runs under this id; one that only waits to be reaped counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether `condition` comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
