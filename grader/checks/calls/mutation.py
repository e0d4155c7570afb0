"""Does a call leave its arguments as they were?"""

import numpy as np

from grader.probes import Probe
from grader.sandbox import Returned
from reference.spec import Function


def changed_argument(function: Function, probe: Probe, reply: Returned) -> str | None:
    """The first array that differs after the call; None where all are as they were.

    reply: of a call that echoes its arguments; one that is not echoed counts as changed, for a forged answer may echo
    fewer. A plain number cannot be changed.
    """
    for index, (tensor, before) in enumerate(zip(function.arguments, probe.arguments.values(), strict=True)):
        after = reply.arguments[index] if index < len(reply.arguments) else None
        if before.ndim and not (isinstance(after, np.ndarray) and np.array_equal(before, after, equal_nan=True)):
            return tensor.name
    return None
