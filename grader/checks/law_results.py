"""What a student's function returned on the probes of a law."""

from collections.abc import Sequence

from grader.comparison import fitted
from grader.law import Results
from grader.probes import Probe, shape_of
from grader.results import Tensors, read
from grader.sandbox import Reply, Returned
from reference.spec import Function


def law_results(
    function: Function, only: tuple[str, ...], probes: Sequence[Probe], replies: Sequence[Reply]
) -> list[Results] | None:
    """What came back and counts, in the shapes asked for; None where it is something else."""
    asked = [tensor for tensor in function.results if not only or tensor.name in only]
    found: list[Results] = []
    for probe, reply in zip(probes, replies, strict=True):
        tensors = read(function, reply.value) if isinstance(reply, Returned) else None
        if not isinstance(tensors, Tensors):
            return None
        arrays = {t.name: fitted(tensors.values[t.name], t, shape_of(t, probe.sizes)) for t in asked}
        fitting = {name: array for name, array in arrays.items() if array is not None}
        if len(fitting) < len(arrays):
            return None
        found.append(fitting)
    return found
