"""Every benchmark by its name. A new one is a file beside this one and a line in the list."""

from collections.abc import Mapping

from tests.benchmarks.assignments import ASSIGNMENTS
from tests.benchmarks.benchmark import Benchmark
from tests.benchmarks.end_to_end import END_TO_END
from tests.benchmarks.gradients import GRADIENTS
from tests.benchmarks.hosts import HOSTS
from tests.benchmarks.idle import IDLE
from tests.benchmarks.load import LOAD
from tests.benchmarks.memory import MEMORY
from tests.benchmarks.pages import PAGES
from tests.benchmarks.sandbox import SANDBOX
from tests.benchmarks.similarity import SIMILARITY

BENCHMARKS: Mapping[str, Benchmark] = {
    benchmark.name: benchmark
    for benchmark in (SANDBOX, GRADIENTS, ASSIGNMENTS, PAGES, SIMILARITY, IDLE, LOAD, MEMORY, END_TO_END, HOSTS)
}
