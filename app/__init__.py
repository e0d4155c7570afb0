"""Talks: pages, REST API, command line, worker. The only package that speaks HTTP."""

import os

# OpenBLAS reads this once, when NumPy is imported, which is why it stands before everything else. One thread sums in
# one order, so that a grading replays bit for bit; and for matrices of this size more threads only wait for each other:
# beside other work on two cores a grading took 14 s with them and 3 s without.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
