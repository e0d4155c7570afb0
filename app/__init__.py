"""Talks: pages, REST API, command line, worker. The only package that speaks HTTP.

`main` puts it together, `cli` and `worker` run it. Ways in: `pages` for people, `api` for programs, `lti` and `oidc`
for platforms, `commands` for operators. What they do alike: `staff`, `people`, `gradebooks`, `similarity`. Around them:
`serving` (every request), `gradings` (processes that grade), `mail` and `webhooks` (what goes out), `metrics`, `logs`.
What all of these ask for stays on top: settings, errors, who may do what, the context.
"""

import os

# OpenBLAS reads this once, when NumPy is imported, which is why it stands before everything else. One thread sums in
# one order, so that a grading replays bit for bit; and for matrices of this size more threads only wait for each other:
# beside other work on two cores a grading took 14 s with them and 3 s without.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
