"""What a process counts, in the form that Prometheus reads."""

from collections.abc import Iterator

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.errors import BadForm
from app.metrics.instruments import Metrics
from app.sandbox_health import SandboxHealth, SandboxState
from submissions.errors import AssignmentUnusable, AttemptsUsed, Postponed
from submissions.queue import Graded, Job

JOB = Job("g", "s", "a", "a.py", b"", 1)


def read(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Each series by its name and the values of its labels."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_gradings_are_timed_by_their_ending() -> None:
    ticks = iter((0.0, 0.2, 10.0, 10.5, 20.0, 23.0, 30.0, 31.0))
    metrics = Metrics(clock=lambda: next(ticks))
    endings: Iterator[Graded | Exception] = iter(
        (Graded({}, "", ""), Postponed("later"), OSError("disk"), AssignmentUnusable("gone"))
    )

    def handler(_job: Job) -> Graded:
        ending = next(endings)
        if isinstance(ending, Exception):
            raise ending
        return ending

    timed = metrics.timed(handler)
    assert timed(JOB) == Graded({}, "", "")
    with pytest.raises(Postponed):
        timed(JOB)
    with pytest.raises(OSError, match="disk"):
        timed(JOB)
    with pytest.raises(AssignmentUnusable):
        timed(JOB)
    found = read(metrics)

    assert found["chainrule_grading_seconds_sum", "graded"] == pytest.approx(0.2)
    assert found["chainrule_grading_seconds_bucket", "graded", "0.15"] == 0
    assert found["chainrule_grading_seconds_bucket", "graded", "0.25"] == 1
    assert found["chainrule_grading_seconds_sum", "postponed"] == pytest.approx(0.5)
    assert found["chainrule_grading_seconds_count", "our_fault"] == 1
    assert found["chainrule_grading_seconds_count", "course_fault"] == 1


def test_uploads_are_accepted_or_refused_and_our_faults_are_neither() -> None:
    metrics = Metrics()
    with metrics.upload():
        pass
    for error in (AttemptsUsed(1), BadForm("no file"), OSError("disk")):
        with pytest.raises(type(error)), metrics.upload():
            raise error
    found = read(metrics)

    assert found["chainrule_uploads_total", "accepted"] == 1
    assert found["chainrule_uploads_total", "refused"] == 2


def test_of_the_sandbox_only_what_is_known_last_counts() -> None:
    metrics = Metrics()
    metrics.sandbox_known(SandboxHealth(SandboxState.EXAMINING))
    metrics.sandbox_known(SandboxHealth(SandboxState.HOLDS, "full"))
    metrics.bench({"canaries": 1, "spares": 2})
    metrics.bench({"canaries": 0, "spares": 1})
    holding = read(metrics)
    metrics.canary_lost()
    metrics.sandbox_known(SandboxHealth(SandboxState.REFUSED, "full"))
    refused = read(metrics)

    assert {key: value for key, value in holding.items() if key[0] == "chainrule_sandbox"} == {
        ("chainrule_sandbox", "full", "holds"): 1
    }
    assert holding["chainrule_sandbox_canaries_total", "held"] == 1
    assert holding["chainrule_sandbox_spares",] == 1
    assert refused["chainrule_sandbox_canaries_total", "lost"] == 1
    assert refused["chainrule_sandbox_spares",] == 0


def test_two_processes_in_one_do_not_mix() -> None:
    one, other = Metrics(), Metrics()
    one.answered("GET", "/", 200, 0.01)

    assert ("chainrule_http_requests_total", "GET", "/", "200") in read(one)
    assert ("chainrule_http_requests_total", "GET", "/", "200") not in read(other)
