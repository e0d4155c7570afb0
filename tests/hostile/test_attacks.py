"""Every attack file against the sandbox, with exactly the outcome a grader should show.

An attack defines `attack`; it is called twice, so that what the first call breaks shows in the second.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Sandbox, Stopped
from grader.sandbox.inside.wire import Foreign, Value
from grader.upload import SourceFile, Upload
from reference.spec import Limits

ATTACKS = Path(__file__).parent / "attacks"
LIMITS = Limits(load_seconds=10.0, call_seconds=10.0, cpu_seconds=8, memory_mib=512, output_bytes=20_000)
IMPATIENT = Limits(load_seconds=0.5, call_seconds=0.3, cpu_seconds=8, memory_mib=512)
ONE_CPU_SECOND = Limits(call_seconds=20.0, cpu_seconds=1, memory_mib=512)


@dataclass(frozen=True)
class Raises:
    """The function raised this type, with this in its message."""

    type_name: str
    message: str = ""


@dataclass(frozen=True)
class Stops:
    """The process was ended with this verdict, and this is said about it."""

    verdict: Verdict
    detail: str = ""


@dataclass(frozen=True)
class Gives:
    """The call returned exactly this: the attack did no harm."""

    value: Value


@dataclass(frozen=True)
class Either:
    """One of two outcomes, by who is faster; both are harmless."""

    one: Stops
    other: Gives


Outcome = Raises | Stops | Gives | Either

REFUSED = Raises("PermissionError")
FORBIDDEN = Stops(Verdict.FORBIDDEN)
NO_RESULT = Stops(Verdict.NO_RESULT)
TOO_SLOW = Stops(Verdict.TIME_LIMIT, "The call took longer than 0.3 s.")
HARMLESS = Gives(1.0)

OUTCOMES: Mapping[str, Outcome] = {
    # exfiltrate
    "read_answers": REFUSED,
    "list_processes": REFUSED,
    "walk_frames": Gives([]),
    "read_grader_memory": FORBIDDEN,
    "trace_grader": FORBIDDEN,
    "steal_descriptor": FORBIDDEN,
    "read_environment": Gives([]),
    "import_checker": Gives([]),
    "read_descriptors": Gives(0),
    # tamper: a forged answer is an answer like any other, and is compared like any other
    "forge_answer": HARMLESS,
    "second_answer": Stops(Verdict.NO_RESULT, "bytes after the answer"),
    "answer_in_advance": Either(Stops(Verdict.NO_RESULT, "bytes after the answer"), HARMLESS),
    "huge_header": Stops(Verdict.NO_RESULT, "1099511627776 bytes of arrays"),
    "garbage": NO_RESULT,
    "drip": TOO_SLOW,
    "close_channel": Stops(Verdict.NO_RESULT, "closed the channel"),
    "close_everything": Stops(Verdict.NO_RESULT, "closed the channel"),
    "pickled": Gives(Foreign("ndarray of object")),
    "lying_array": Gives(np.array([1.0, 2.0, 3.0])),
    "lying_float": Gives(4.5),
    "patch_numpy": HARMLESS,
    "patch_runner": NO_RESULT,
    "leave_silently": Stops(Verdict.NO_RESULT, "os._exit"),
    "system_exit": Raises("SystemExit", "0"),
    "exit_at_load": NO_RESULT,
    "shadow_numpy": HARMLESS,
    "every_name": Raises("NameError", "attack"),
    # deny service
    "spin_at_load": Stops(Verdict.TIME_LIMIT, "Loading the file took longer than 0.5 s."),
    "spin": TOO_SLOW,
    "ignore_signals": Stops(Verdict.TIME_LIMIT, "1 s of processor time"),
    "sleep": TOO_SLOW,
    "regex_bomb": TOO_SLOW,
    "eat_frames": TOO_SLOW,
    "looping_message": TOO_SLOW,
    "big_array": Stops(Verdict.MEMORY_LIMIT, "512 MiB"),
    "growing_list": Stops(Verdict.MEMORY_LIMIT, "512 MiB"),
    "shared_memory": REFUSED,
    "growing_stack_memory": REFUSED,
    "memory_file": REFUSED,
    "fork_bomb": REFUSED,
    "thread_bomb": Raises("RuntimeError", "can't start new thread"),
    "recursion": Raises("RecursionError"),
    "deep_recursion": Stops(Verdict.CRASHED, "recursed too deeply"),
    "print_flood": Stops(Verdict.OUTPUT_LIMIT, "20000 bytes"),
    "long_message": Raises("ValueError", "x" * 3000),
    "raising_message": Raises("Exception", "cannot be read"),
    "looping_destructor": HARMLESS,
    "endless_generator": Gives(Foreign("count")),
    "nested_result": Gives(Foreign("list with too many entries")),
    "broadcast": Stops(Verdict.NO_RESULT, "8796093022208 bytes of arrays"),
    "trace_runner": HARMLESS,
    "audit_hook": HARMLESS,
    "ask_for_input": Raises("EOFError"),
    # escape
    "run_program": REFUSED,
    "null_pointer": Stops(Verdict.CRASHED),
    "abort": Stops(Verdict.CRASHED),
    "machine_code": REFUSED,
    "make_executable": REFUSED,
    "io_uring": FORBIDDEN,
    "new_namespace": FORBIDDEN,
    "open_beside_filter": FORBIDDEN,
    "other_abi": FORBIDDEN,
    "kill_everyone": REFUSED,
    "kill_grader": REFUSED,
    "renice_grader": REFUSED,
    "raise_limits": Raises("ValueError", "maximum limit"),
    # network
    "loopback": REFUSED,
    "abstract_socket": REFUSED,
    "download": Raises("URLError", "Operation not permitted"),
    # persist
    "leave_files": Gives(["PermissionError"] * 4),
    "plant_link": Gives(["refused"] * 3),
    "timers": Raises("itimer_error", "Operation not permitted"),
}

LIMITS_OF = {name: IMPATIENT for name, outcome in OUTCOMES.items() if outcome == TOO_SLOW} | {
    "spin_at_load": IMPATIENT,
    "ignore_signals": ONE_CPU_SECOND,
}
NAME_OF = {"shadow_numpy": "numpy.py"}


@pytest.fixture
def arguments(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Value, ...]:
    """What an attack needs to know: a folder with answers, a port, names."""
    attack = request.getfixturevalue("attack")
    if attack == "read_answers":
        (tmp_path / "answers.py").write_text("ANSWER = 42", encoding="utf-8")
        tmp_path.chmod(0o755)
        return (str(tmp_path),)
    if attack == "loopback":
        listener = socket.create_server(("127.0.0.1", 0))
        request.addfinalizer(listener.close)
        return (listener.getsockname()[1],)
    if attack == "read_environment":
        return (["PATH", "HOME", *sorted(name for name in os.environ if name.startswith("PYTEST"))],)
    return ()


def test_every_attack_has_an_outcome() -> None:
    assert {file.stem for file in ATTACKS.glob("*.py")} == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arguments: tuple[Value, ...], sandbox: Sandbox) -> None:
    """The attack ends as the table says, and an ending is the reply to every later call."""
    source = (ATTACKS / f"{attack}.py").read_text(encoding="utf-8")
    upload = Upload((SourceFile(NAME_OF.get(attack, "attack.py"), source),))
    limits = LIMITS_OF.get(attack, LIMITS)

    with sandbox.open(upload, limits) as session:
        first, second = session.run([Call("attack", arguments), Call("attack", arguments)])
        printed = session.printed

    _compare(OUTCOMES[attack], first)
    assert isinstance(second, (Returned, Raised, Stopped))
    assert len(printed) <= limits.output_bytes
    if isinstance(first, Stopped):
        assert second == first


def test_an_attack_leaves_nothing(sandbox: Sandbox) -> None:
    """Files that attacks tried to leave are not there afterwards."""
    left = [Path(folder) / name for folder in ("/tmp", "/dev/shm", "/") for name in ("left", "link", "made")]
    for name in ("leave_files", "plant_link"):
        upload = Upload((SourceFile("attack.py", (ATTACKS / f"{name}.py").read_text("utf-8")),))
        with sandbox.open(upload, LIMITS) as session:
            session.run([Call("attack")])

    assert [path for path in left if path.exists() or path.is_symlink()] == []


def test_a_good_submission_is_untouched_by_an_attack_beside_it(sandbox: Sandbox) -> None:
    """Two sessions at once: one spins and is killed, the other answers before and after."""
    good = Upload((SourceFile("good.py", "import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n"),))
    bad = Upload((SourceFile("bad.py", (ATTACKS / "spin.py").read_text("utf-8")),))
    x = np.array([-1.0, 2.0])
    with sandbox.open(good, LIMITS) as session, sandbox.open(bad, IMPATIENT) as hostile:
        before = session.run([Call("relu", (x,))])[0]
        _compare(TOO_SLOW, hostile.run([Call("attack")])[0])
        after = session.run([Call("relu", (x,))])[0]

    for reply in (before, after):
        _compare(Gives(np.array([0.0, 2.0])), reply)


def test_no_connection_arrives(sandbox: Sandbox) -> None:
    """A loopback service sees no connection when a submission tries."""
    upload = Upload((SourceFile("attack.py", (ATTACKS / "loopback.py").read_text("utf-8")),))
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.setblocking(False)
        with sandbox.open(upload, LIMITS) as session:
            assert isinstance(session.loaded, Loaded)
            session.run([Call("attack", (listener.getsockname()[1],))])
        with pytest.raises(BlockingIOError):
            listener.accept()


def _compare(expected: Outcome, reply: Reply) -> None:
    match expected, reply:
        case Either(one, other), _:
            _compare(one if isinstance(reply, Stopped) else other, reply)
        case Raises(type_name, message), Raised():
            assert reply.type_name == type_name
            assert message in reply.message
        case Stops(verdict, detail), Stopped():
            assert reply.verdict is verdict
            assert detail in reply.detail
        case Gives(value), Returned():
            assert type(reply.value) is type(value)
            np.testing.assert_equal(reply.value, value)
        case _:
            pytest.fail(f"expected {expected}, got {reply}")
