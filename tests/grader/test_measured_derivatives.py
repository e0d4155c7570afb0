"""Complex numbers and libraries that differentiate are flagged for a person; ordinary files are not."""

import time

import pytest

from grader.measured_derivatives import flags
from tests.fakes.in_process import upload


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x):\n    return g(x + 1e-20j).imag / 1e-20\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("import numpy as np\ndef f(x):\n    return np.array(x).imag\n", [("COMPLEX_NUMBERS", (3, 3))]),
        ("def f(x):\n    import jax.numpy as np\n", [("AUTODIFF", (2, 2))]),
        ("from autograd import grad\n", [("AUTODIFF", (1, 1))]),
        ("import torch, numpy\n", [("AUTODIFF", (1, 1))]),
        ("import numpy as np, os, torch\nimport numpy, jax\n", [("AUTODIFF", (2, 2))]),
        ("h = 1e-20J\ng = 2.5j\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = np.emath.sqrt(-1)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("from numpy.lib import scimath\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = w.astype(complex)\nv = np.zeros(3, dtype=complex)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = w + complex(0, 1e-20)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = w.astype('c16')\ng = getattr(w, 'imag')\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("g = getattr(w, 'im' + 'ag')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = (-1) ** 0.5\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = (-1.0)**(1 / 2)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = abs(v - v.conj())\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("sign = (-1) ** k\nroot = 2 ** 0.5\nw = (n - 1) ** 0.5\nm = (-1) ** (k / 2)\n", []),
        ('"""Not complex: the i-th image."""\nkey = "im"\nz = z.astype(np.longdouble)\n', []),
        ("x1j = adj = 0x1 + 1\n# 3j\nimagine = image.imagined\n", []),
        ("1" * 1_000_000 + "\n" + "import " + "a," * 500_000, []),
        ("import tensorflow as tf\nimport numpy as np\nimage = 1.0\n", []),
        ("def f(:\n", []),
        ('print("\\033[2J", "\\x1b[2J", "\\x1B[1J", "\\e[0J")\n', []),
        ("# \f\v\x1c\u2028 one line\nh = 1e-20j\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("(" * 5000, []),
    ],
)
def test_what_a_person_should_look_at(source: str, expected: list[tuple[str, tuple[int, int]]]) -> None:
    assert [(flag.code, flag.lines) for flag in flags(upload(source))] == expected


def test_a_file_of_digits_is_looked_through_at_once() -> None:
    began = time.process_time()
    assert flags(upload(("1" * 999 + "\n") * 1000)) == []
    assert time.process_time() - began < 5.0  # a twentieth of a second; with two ways through a row of digits twenty
