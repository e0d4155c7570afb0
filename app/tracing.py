"""OpenTelemetry traces of requests and gradings, where a collector is named; otherwise the SDK is not imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi.telemetry import TelemetryConfig
from opentelemetry.trace import SpanKind, Tracer, TracerProvider

from app.errors import SettingsInvalid
from app.settings import PREFIX, Settings
from submissions.queue import Graded, Handler, Job

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.sdk.trace import TracerProvider as OwnProvider
    from opentelemetry.sdk.trace.export import SpanExporter

SHOWN = frozenset(
    {"http.request.method", "http.route", "http.response.status_code", "error.type", "chainrule.grading_id"}
)
"""All that a span may say. Paths hold the secrets of links, and messages of errors hold anything."""


class Tracing:
    """Makes the spans of one process; `exporter` takes them away. Without one nothing is made."""

    def __init__(self, exporter: SpanExporter | None = None) -> None:
        self._provider = None if exporter is None else _provider(exporter)

    @classmethod
    def of(cls, settings: Settings) -> Tracing:
        """What sends to the collector of the settings. Raises SettingsInvalid where the packages for it are missing."""
        if not settings.otlp_endpoint:
            return cls()
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        except ImportError as error:
            missing = f"{PREFIX}OTLP_ENDPOINT: traces need more packages: pip install 'chainrule[tracing]'"
            raise SettingsInvalid((missing,)) from error
        return cls(OTLPSpanExporter(endpoint=f"{settings.otlp_endpoint}/v1/traces"))

    def telemetry(self) -> TelemetryConfig:
        """What FastAPI is told: spans of requests by our provider, and nothing by providers that others set."""
        off = TelemetryConfig(metrics=False, logs=False, operation_spans=False, auto_configure=False)
        if self._provider is None:
            return TelemetryConfig(**off, tracing=False)
        provider: TracerProvider = self._provider
        return TelemetryConfig(**off, tracing=True, tracer_provider=provider)

    def traced(self, handler: Handler) -> Handler:
        """The same handler, with a span around each grading."""
        if self._provider is None:
            return handler
        tracer: Tracer = self._provider.get_tracer("chainrule")

        def grade(job: Job) -> Graded:
            attributes = {"chainrule.grading_id": job.grading_id}
            with tracer.start_as_current_span("grading", kind=SpanKind.CONSUMER, attributes=attributes):
                return handler(job)

        return grade

    def close(self) -> None:
        """Send what is left."""
        if self._provider is not None:
            self._provider.shutdown()


def _provider(exporter: SpanExporter) -> OwnProvider:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider as OwnProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult

    class Discreet(SpanExporter):
        """Passes on what a span may say."""

        def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
            return exporter.export([_shown(span) for span in spans])

        def shutdown(self) -> None:
            exporter.shutdown()

        def force_flush(self, timeout_millis: int = 30_000) -> bool:
            return exporter.force_flush(timeout_millis)

    provider = OwnProvider(resource=Resource.create({"service.name": "chainrule"}), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(Discreet()))
    return provider


def _shown(span: ReadableSpan) -> ReadableSpan:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import Status

    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes={name: value for name, value in (span.attributes or {}).items() if name in SHOWN},
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
