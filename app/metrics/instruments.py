"""What this process counts and times, and how a monitor reads it. Nothing is counted per person, file or course."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from app.errors import EdgeError
from app.sandbox_health import SandboxHealth, SandboxState
from submissions.errors import AssignmentUnusable, Postponed, SubmissionsError
from submissions.queue import Graded, Handler, Job

MEDIA_TYPE = CONTENT_TYPE_LATEST
REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
GRADING_SECONDS = (0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0)


class Metrics:
    """The instruments of one process, in a registry of their own: tests run many applications in one process."""

    def __init__(self, *collectors: Collector, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._registry = CollectorRegistry()
        for collector in collectors:
            self._registry.register(collector)
        ProcessCollector(registry=self._registry)
        self._requests = self._counter("http_requests", "Answers by route", "method", "route", "status")
        self._request_seconds = self._histogram(
            "http_request_seconds", "From a request to the end of its answer", REQUEST_SECONDS, "route"
        )
        self._uploads = self._counter("uploads", "Uploads that were read", "outcome")
        self._gradings = self._histogram(
            "grading_seconds", "From the claim of a grading to its end in this worker", GRADING_SECONDS, "ending"
        )
        self._sandbox = self._gauge("sandbox", "1 for what is known of the sandbox here", "state", "level")
        self._canaries = self._counter("sandbox_canaries", "Canaries that were sent into the sandbox", "outcome")
        self._spares = self._gauge("sandbox_spares", "Processes ready for the next function, when last heard of")
        for outcome in ("accepted", "refused"):  # a series that is there from the start can be alerted on
            self._uploads.labels(outcome)
        for ending in ("graded", "postponed", "course_fault", "our_fault"):
            self._gradings.labels(ending)
        for outcome in ("held", "lost"):
            self._canaries.labels(outcome)

    def exposition(self) -> bytes:
        """Everything, in the text form of Prometheus."""
        return bytes(generate_latest(self._registry))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the template of the route, never a path that somebody typed."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    @contextmanager
    def upload(self) -> Iterator[None]:
        """Counts what becomes of an upload in the block; a fault of ours counts as neither."""
        try:
            yield
        except (EdgeError, SubmissionsError):
            self._uploads.labels("refused").inc()
            raise
        self._uploads.labels("accepted").inc()

    def timed(self, handler: Handler) -> Handler:
        """The same handler, with each grading counted by its ending and timed."""

        def grade(job: Job) -> Graded:
            begun, ending = self._clock(), "our_fault"
            try:
                graded = handler(job)
                ending = "graded"
            except Postponed:
                ending = "postponed"
                raise
            except AssignmentUnusable:
                ending = "course_fault"
                raise
            finally:
                self._gradings.labels(ending).observe(self._clock() - begun)
            return graded

        return grade

    def sandbox_known(self, health: SandboxHealth) -> None:
        """The sandbox was examined."""
        self._sandbox.clear()
        self._sandbox.labels(health.state.value, health.level).set(1)
        if health.state is not SandboxState.HOLDS:
            self._spares.set(0)

    def bench(self, told: Mapping[str, Any]) -> None:
        """What a grading process says of its sandbox: {"canaries": sent since it last said so, "spares": ready}."""
        self._canaries.labels("held").inc(int(told["canaries"]))
        self._spares.set(int(told["spares"]))

    def canary_lost(self) -> None:
        """A canary died, or a forbidden job lived: the sandbox is examined again."""
        self._canaries.labels("lost").inc()

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, namespace="chainrule", registry=self._registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, namespace="chainrule", registry=self._registry)

    def _histogram(self, name: str, meaning: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, meaning, labels, namespace="chainrule", buckets=buckets, registry=self._registry)
