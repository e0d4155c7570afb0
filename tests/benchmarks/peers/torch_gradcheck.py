"""torch.autograd.gradcheck, slow (every coordinate) and fast (one fixed direction), over NumPy code.

The code is wrapped in a torch.autograd.Function, as torch's documentation does it; all options are the defaults:
central differences with step 1e-6, atol 1e-5, rtol 1e-3, each backward asked twice. Unfair to it: it is made for
float64 and says so, and it pays for crossing from NumPy to torch, which is little. Unfair to others: asking twice
sees what changes from call to call.
"""

from typing import Any

import torch
from torch.autograd import gradcheck

from tests.benchmarks.gradcheck.problem import Problem

torch.set_num_threads(1)


def slow(problem: Problem) -> bool:
    """The whole Jacobian, 2n forwards."""
    return _accepts(problem, fast=False)


def fast(problem: Problem) -> bool:
    """One direction; on a failure it runs the slow mode too, to say where."""
    return _accepts(problem, fast=True)


def _accepts(problem: Problem, *, fast: bool) -> bool:
    class Students(torch.autograd.Function):  # type: ignore[misc, unused-ignore]  # torch is not there when types are checked
        @staticmethod
        def forward(ctx: Any, *values: Any) -> Any:
            ctx.save_for_backward(*values)
            return torch.tensor(problem.loss(_arrays(values)), dtype=torch.float64)

        @staticmethod
        def backward(ctx: Any, dout: Any) -> Any:
            return tuple(dout * torch.from_numpy(array) for array in problem.gradient(_arrays(ctx.saved_tensors)))

    inputs = tuple(torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in problem.point)
    return bool(gradcheck(Students.apply, inputs, fast_mode=fast, raise_exception=False))


def _arrays(tensors: Any) -> list[Any]:
    return [tensor.detach().numpy() for tensor in tensors]
