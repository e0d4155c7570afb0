"""One zygote: what it does when it cannot start, cannot fork, or is let go."""

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from grader.errors import SandboxBroken
from grader.sandbox.zygote import Zygote, ZygoteGone
from reference.spec import Limits
from tests.fakes.descriptors import left_open


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/true"])
def test_a_start_that_fails_leaves_nothing(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)

    def act() -> None:
        with pytest.raises(ZygoteGone, match="does not start"):
            Zygote()

    assert left_open(act) == 0


def test_what_it_says_of_a_start_that_fails_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho no such wall >&2\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))

    with pytest.raises(ZygoteGone, match="no such wall"):
        Zygote()


def test_a_spare_given_up_before_its_answer_does_not_mix_up_the_others() -> None:
    with closing(Zygote()) as zygote:
        given_up, wanted = zygote.order(Limits()), zygote.order(Limits())
        given_up.close()
        process = zygote.take(wanted)

        assert process is not None
        process.close()


def test_a_child_ends_by_signal_and_its_use_is_reported() -> None:
    with closing(Zygote()) as zygote:
        process = zygote.take(zygote.order(Limits()))
        assert process is not None
        os.set_blocking(process.frames, True)
        os.read(process.frames, 1)  # it is ready
        process.kill()
        ending = process.reap()
        process.kill()  # nobody is there
        process.close()
        process.close()

    assert (ending.exit_code, ending.signal) == (0, 9)
    assert ending.cpu_seconds > 0
    assert ending.peak_bytes > 1 << 20


def test_a_closed_zygote_takes_no_order() -> None:
    def act() -> None:
        zygote = Zygote()
        spare = zygote.order(Limits())
        zygote.close()

        with pytest.raises(ZygoteGone):
            zygote.order(Limits())
        with pytest.raises((ZygoteGone, SandboxBroken)):
            zygote.take(spare)

    assert left_open(act) == 0


def test_no_program_that_is_started_beside_it_inherits_a_descriptor() -> None:
    with closing(Zygote()) as zygote:
        before = {int(entry.name) for entry in Path("/proc/self/fd").iterdir()}
        process = zygote.take(zygote.order(Limits()))
        assert process is not None
        after = {int(entry.name) for entry in Path("/proc/self/fd").iterdir()}
        inherited = [number for number in after - before if _open(number) and os.get_inheritable(number)]
        process.close()

    assert inherited == []


def _open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False  # that of the listing itself
    return True
