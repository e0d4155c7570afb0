"""Complex numbers and libraries that differentiate are flagged for a person; ordinary files are not."""

import time

import pytest

from grader.measured_derivatives import CHARACTERS, flags
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
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
        ("w = w.astype('c16')\ng = getattr(w, 'imag')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = getattr(w, 'imag')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = getattr(w, 'im' 'ag')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = v.view('D')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.zeros(3, dtype = '<c8')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = -np.fft.fft([0, 1, 0, 0])[1]\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("from numpy import fft as f\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = np.roots([1, 0, 1])[0]\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.zeros((3, 4), order='F')\nv = v.view(float)\nroots = [np.sqrt(x) for x in w]\n", []),
        ("_ = '#'; i = 1j\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ('_ = """\n#"""; i = 1j\n', [("COMPLEX_NUMBERS", (2, 2))]),
        ("_ = '\\\n#'; i = 1j\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("x = 1  # it's 1j, or '1j\ny = 2  # '''\nz = 3  # 1j\n", []),
        ("import decimal\ng = float((v - m).exp())\n", [("DECIMALS", (2, 2))]),
        ("from decimal import Decimal as D\ng = v[0].exp( )\nh = v.ln()\n", [("DECIMALS", (2, 2))]),
        ("from decimal import Decimal, getcontext\ngetcontext().prec = 4\nprint(Decimal(x), np.exp(x).round())\n", []),
        ("g = v.exp()  # decimal\n", []),
        ("g = getattr(w, 'im' + 'ag')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = (-1) ** 0.5\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = (-1.0)**(1 / 2)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = abs(v - v.conj())\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("sign = (-1) ** k\nroot = 2 ** 0.5\nw = (n - 1) ** 0.5\nm = (-1) ** (k / 2)\n", []),
        ('"""Not complex: the i-th image."""\nkey = "im"\nz = z.astype(np.longdouble)\n', []),
        ("x1j = adj = 0x1 + 1\n# 3j\nimagine = image.imagined\n", []),
        ("1" * 100_000 + "\n" + "import " + "a," * 90_000, []),
        ("import tensorflow as tf\nimport numpy as np\nimage = 1.0\n", []),
        ("def f(:\n", []),
        ('print("\\033[2J", "\\x1b[2J", "\\x1B[1J", "\\e[0J", "\x1b[2J")\n', []),
        ("# \f\v\x1c\u2028 one line\nh = 1e-20j\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("(" * 5000, []),
        ("from numpy import imag\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("from numpy import real as r, imag as i\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("from numpy import *\ng = imag (w) / h\n", [("COMPLEX_NUMBERS", (2, 2))]),
        ("w = np.zeros(W.shape, 'D')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ('i = np.frombuffer(np.array([0.0, 1e-30]), "<c16")[0]\n', [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.zeros(W.shape, 'F')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.asarray(W, 'complex')\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.asarray(W, complex)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.zeros(point, complex)\nv = W.conj().T\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("assert not isinstance(w, (int, complex))\nassert not np.issubdtype(w.dtype, np.complexfloating)\n", []),
        ("w = np.zeros(3, np.complexfloating)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = X.conj().T @ d\ng = X.T.conj() @ d\ng = np.conj(X).T @ d\n", []),
        ("x, y = np.mgrid[-1.2:1.2:200j, -1:1:50J]\nt = np.r_[0:1:5j]\n", []),
        ("i = np.r_[1j]\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = {0:1j, 1:2}\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ('"""The sum of $z_{1j}$ over j."""\n', []),
        ("from decimal import Decimal\nplaces = int(np.log10(x)) + int(math.log10(x))\n", []),
        ("from decimal import Decimal\nplaces = Decimal(x).log10()\n", [("DECIMALS", (2, 2))]),
        ("import cmath\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("w = np.zeros((3, 4), float, 'F')\nv = np.zeros(6).reshape((2, 3), 'F')\n", []),
        ("h = ｃomplex(0, 1)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("g = f(w + h).𝗂mag\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("i = np.ﬀt.ﬀt(x)\n", [("COMPLEX_NUMBERS", (1, 1))]),
        ("数 = 1\nprint('complex（0')\n", []),
        ("!cat \033[2J 1j\n! \x1b[2J\nx = 1\n", []),
        ("plt.plot(x, y, 'D')\nshape = dict(zip(('N', 'D'), np.zeros(2)))\nc = 'G'\nimag = image[0]\n", []),
    ],
)
def test_what_a_person_should_look_at(source: str, expected: list[tuple[str, tuple[int, int]]]) -> None:
    assert [(flag.code, flag.lines) for flag in flags(upload(source))] == expected


def test_a_convolution_may_be_worked_out_with_fourier_transforms() -> None:
    file = upload("y = np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(w, n), n)\n")
    asked = {slug: Catalog.builtin().get(slug).assignment.functions for slug in ("ece544-derivatives", "hw2-softmax")}

    assert [bool(flags(file, functions)) for functions in asked.values()] == [False, True]


def test_a_file_of_digits_is_looked_through_at_once() -> None:
    began = time.process_time()
    assert [flag.code for flag in flags(upload(("1" * 999 + "\n") * 1000))] == ["NOT_ALL_READ"]
    assert [flag.code for flag in flags(upload("#'\"" * 300_000 + "\n" + "'\\" * 300_000))] == ["NOT_ALL_READ"]
    for signs in (
        '"im"' + " " * 996,
        "(-1)**" + " " * 994,
        "(-",
        "a,",
        "zeros(",
        '\n"D"',
        "import jax\n",
        "\n",
        '""',
        "ﷺ",
    ):
        flags(upload(signs * (100_000 // len(signs))))  # each a twelfth of a second; quadratic ones took seconds
    assert [flag.code for flag in flags(upload("import " * 150_000))] == ["NOT_ALL_READ"]
    assert [flag.code for flag in flags(upload("\nimport" * 150_000))] == ["NOT_ALL_READ"]
    assert time.process_time() - began < 8.0  # two seconds; with two ways through a row of digits twenty


def test_only_so_much_is_looked_at_in_all_files_together() -> None:
    sign = "h = 1e-20j\n"
    before = SourceFile("net.py", "\n" * (CHARACTERS - len(sign)))

    assert [flag.code for flag in flags(Upload((before, SourceFile("more.py", sign))))] == ["COMPLEX_NUMBERS"]
    assert [flag.code for flag in flags(Upload((before, SourceFile("more.py", "\n\n" + sign))))] == ["NOT_ALL_READ"]
