"""Traces say which route and which grading, never a path; without a collector nothing of them is loaded."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from app.errors import SettingsInvalid
from app.main import create_app
from app.settings import Settings, read_settings
from app.tracing import SHOWN, Tracing
from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane
from submissions.queue import Handler

ROOT = Path(__file__).parents[2]


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(exporter: InMemorySpanExporter) -> Iterator[Tracing]:
    made = Tracing(exporter)
    yield made
    made.close()


@pytest.fixture
def traced(
    settings: Settings, clock: Any, start: Callable[..., Any], make_school: Callable[..., Any], tracing: Tracing
) -> Any:
    """The course nn in an installation whose traces are kept."""
    return make_school(start(create_app(settings, clock, tracing=tracing)))


def spans(tracing: Tracing, exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    assert tracing._provider is not None
    tracing._provider.force_flush()
    return {span.name: span for span in exporter.get_finished_spans()}


def test_a_request_is_a_span_by_its_route(traced: Any, tracing: Tracing, exporter: InMemorySpanExporter) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    traced.client.get("/reset/PLANTED_secret?next=PLANTED_query", headers={"traceparent": parent})
    traced.client.get("/PLANTED_path", headers={"User-Agent": "PLANTED_agent", "Cookie": "chainrule=PLANTED_cookie"})
    traced.client.http._transport.raise_app_exceptions = False
    traced.context.database.reading = None  # what fails now is our fault
    traced.client.get("/api/v1/courses", headers={"Authorization": "Bearer cr_PLANTED_token_PLANTED"})
    found = spans(tracing, exporter)

    reset = found["GET /reset/{secret}"]
    assert reset.attributes == {
        "http.request.method": "GET",
        "http.route": "/reset/{secret}",
        "http.response.status_code": 410,
    }
    assert reset.context is not None
    assert f"{reset.context.trace_id:032x}" in parent
    assert "GET /api/v1/courses" in found
    for span in found.values():
        assert "PLANTED" not in span.to_json()
        assert set(span.attributes or {}) <= SHOWN
        assert not span.events


def test_a_grading_is_a_span(traced: Any, tracing: Tracing, exporter: InMemorySpanExporter, fake: Handler) -> None:
    traced.hand_in()
    engine = EmbeddedEngine(traced.context.database, traced.clock)

    def fails(_job: Any) -> Any:
        raise ValueError("PLANTED")

    engine.run_once(tracing.traced(fails), "test", tuple(Lane))
    span = spans(tracing, exporter)["grading"]

    assert len(str((span.attributes or {})["chainrule.grading_id"])) == 32
    assert not span.status.is_ok
    assert "PLANTED" not in span.to_json()
    assert Tracing().traced(fake) is fake


def test_without_a_collector_nothing_is_loaded_or_traced(school: Any) -> None:
    script = "import sys, app.main, app.cli; print([n for n in sys.modules if n.startswith('opentelemetry.sdk')])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=240
    )

    assert done.stdout.strip() == "[]"
    assert Tracing.of(read_settings()).telemetry()["tracing"] is False


def test_missing_packages_are_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SettingsInvalid, match=r"chainrule\[tracing\]"):
        Tracing.of(read_settings(otlp_endpoint="http://127.0.0.1:4318"))
