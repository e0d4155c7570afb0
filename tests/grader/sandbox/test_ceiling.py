"""The memory group over a sandbox: made where the machine allows it, in both layouts of the kernel, and removed."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from grader.report import Verdict
from grader.sandbox import Call, Stopped, ceiling
from grader.sandbox.ceiling import NoCeiling, OwnGroup, make_ceiling
from grader.sandbox.container import ContainerSandbox
from grader.upload import SourceFile, Upload
from reference.spec import Limits

V1_FILES = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control", "cgroup.procs")
V2_FILES = ("memory.max", "memory.swap.max", "memory.events", "cgroup.procs")

Tree = Callable[[str, tuple[str, ...]], Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """tree(lines of /proc/self/cgroup, files that the kernel puts into a new group) makes a machine in a folder."""

    def made(groups: str, files: tuple[str, ...]) -> Path:
        (tmp_path / "proc/self").mkdir(parents=True)
        (tmp_path / "proc/self/cgroup").write_text(groups, "utf-8")
        make = Path.mkdir

        def kernel(self: Path, *_rest: object, **_options: object) -> None:
            make(self)
            for file in files:
                (self / file).touch()

        monkeypatch.setattr(Path, "mkdir", kernel)
        monkeypatch.setattr(Path, "rmdir", lambda self: self.rename(self.with_name("removed")))
        return tmp_path

    return made


def groups(root: Path) -> list[Path]:
    return sorted(root.rglob("chainrule-*"))


def test_the_first_layout(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "sys/fs/cgroup/memory/unit").mkdir(parents=True)
    root = tree("5:cpu,cpuacct:/unit\n4:memory:/unit\n0::/\n", V1_FILES)

    made = make_ceiling(1 << 20, root)
    (group,) = groups(root)
    (group / "memory.oom_control").write_text("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n")

    assert group.parent == root / "sys/fs/cgroup/memory/unit"
    assert (group / "memory.limit_in_bytes").read_text() == "1048576"
    assert (group / "memory.memsw.limit_in_bytes").read_text() == "1048576"
    assert made.kills() == 3
    made.close()
    assert groups(root) == []


def test_the_second_layout(tree: Tree, tmp_path: Path) -> None:
    """The service has a group of its own (DelegateSubgroup), so ours goes beside it; the controller is asked for."""
    (tmp_path / "sys/fs/cgroup/unit/supervisor").mkdir(parents=True)
    root = tree("0::/unit/supervisor\n", V2_FILES)

    made = make_ceiling(1 << 20, root)
    (group,) = groups(root)
    (group / "memory.events").write_text("low 0\noom 2\noom_kill 1\n")

    assert group.parent == root / "sys/fs/cgroup/unit"
    assert (group / "memory.max").read_text() == "1048576"
    assert (group / "memory.swap.max").read_text() == "0"
    assert made.kills() == 1


def test_the_controller_is_asked_for_where_it_is_not_on(tree: Tree, tmp_path: Path) -> None:
    (tmp_path / "sys/fs/cgroup/unit/supervisor").mkdir(parents=True)
    root = tree("0::/unit/supervisor\n", ("cgroup.procs",))

    with pytest.raises(NoCeiling, match="no memory controller"):
        make_ceiling(1 << 20, root)
    assert (root / "sys/fs/cgroup/unit/cgroup.subtree_control").read_text() == "+memory"
    assert groups(root) == []


@pytest.mark.parametrize("lines", ["", "0::/\n", "4:memory:/unit\n"])
def test_a_machine_without_one(tree: Tree, lines: str) -> None:
    with pytest.raises(NoCeiling):
        make_ceiling(1 << 20, tree(lines, V1_FILES))


def test_a_machine_that_is_no_linux(tmp_path: Path) -> None:
    with pytest.raises(NoCeiling, match="no memory controller within reach"):
        make_ceiling(1 << 20, tmp_path)


def test_what_a_killed_supervisor_left_is_removed(tree: Tree, tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    parent = tmp_path / "sys/fs/cgroup/memory"
    (parent / f"chainrule-{ended.pid}-1").mkdir(parents=True)
    (parent / f"chainrule-{os.getppid()}-1").mkdir()
    root = tree("4:memory:/\n", V1_FILES)

    make_ceiling(1 << 20, root)

    assert not (parent / f"chainrule-{ended.pid}-1").exists()
    assert (parent / f"chainrule-{os.getppid()}-1").exists()


def test_a_group_that_fills_up_ends_the_one_that_filled_it() -> None:
    """Its limit of one process is far away; the next session is served."""
    try:
        make_ceiling().close()
    except NoCeiling as error:
        pytest.skip(f"no memory group can be made on this machine: {error}")
    source = "def fill(n): return len(bytearray(b'x' * (n << 20)))\ndef one(): return 1.0"
    upload = Upload((SourceFile("work.py", source),))
    with closing(ContainerSandbox(memory_bytes=96 << 20)) as sandbox:
        with sandbox.open(upload, Limits()) as session:
            filled, after = session.run([Call("fill", (300,)), Call("one")])
        with sandbox.open(upload, Limits()) as session:
            (other,) = session.run([Call("one")])

    assert isinstance(filled, Stopped)
    assert (filled.verdict, filled.detail) == (
        Verdict.MEMORY_LIMIT,
        "The code used up the memory of the whole sandbox.",
    )
    assert after is filled
    assert not isinstance(other, Stopped)


def test_the_ceiling_leaves_room_for_two_sessions() -> None:
    assert 2 * (Limits().memory_mib << 20) <= ceiling.BYTES


def test_kills_in_the_group_that_we_are_in_are_counted(tmp_path: Path) -> None:
    """A container that is too small for its limits: what the kernel ends there ended for its memory."""
    own = tmp_path / "sys/fs/cgroup/unit"
    own.mkdir(parents=True)
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("0::/unit\n", "utf-8")
    (own / "memory.events").write_text("oom 1\noom_kill 4\n", "utf-8")

    assert OwnGroup(tmp_path).kills() == 4
    assert OwnGroup(tmp_path / "nowhere").kills() == 0
