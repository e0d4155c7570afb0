"""A service with the demonstration of a course in the middle of its term, to walk through every page of it."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.audit.outcome_json import to_json
from tests.app.all_routes import routes
from tests.app.pages.conftest import REPORTS, SOURCE
from tests.browser.demonstration import COURSE, SLUG, Demonstration, Demonstrator, Piece
from tests.browser.page_table import Look
from tests.browser.serving import served
from tests.grader.audit.outcomes import outcome

TAG = "planted-tag"
PLANTED = f"<{TAG}>\"'><img src=x onerror=alert(1)><script>alert(1)<!--"
NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"title": PLANTED},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": f"# {PLANTED}"},
        {
            "cell_type": "code",
            "metadata": {},
            "execution_count": 1,
            "source": f"# {PLANTED}</script></pre></li>\n{SOURCE}",
            "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": PLANTED}}],
        },
    ],
}
"""What a student plants: markup in every cell, in an output, in the title."""

NAMES = ("Ada Novak", "Bashir Khan", PLANTED, "Daniel Osei", "Emi Tanaka", "Farid Haddad")
PIECES = (
    *(Piece(0, "diverging", "a1.py", 50 - hours) for hours in range(4)),  # somebody who is stuck
    Piece(0, "sample", "a1.py", 30),
    Piece(1, "verdicts", "network.py", 20),
    Piece(2, "hostile", f"{PLANTED}.ipynb", 10),
)


@dataclass(frozen=True)
class Walk:
    """The service that listens, and the demonstration in it."""

    address: str
    routes: frozenset[tuple[str, str]]
    demonstrator: Demonstrator
    made: Demonstration

    def path(self, look: Look) -> str:
        """The address of what is looked at."""
        stands_for = {
            "course": COURSE,
            "assignment": SLUG,
            "student": self.made.students[0].id,
            "kind": "canvas",
            "name": "trainings.csv",
            "submission": self.made.submissions["sample"],
            **dict(zip(("first", "second"), self.made.pairs[0], strict=True)),
            **self.made.submissions,
            **{f"link:{name}": secret for name, secret in self.made.secrets.items()},
        }
        return re.sub(r"\{([^}]+)\}", lambda name: stands_for[name[1]], look.path)

    def cookie(self, who: str) -> str:
        """The cookie of a person; empty for nobody."""
        return "" if who == "nobody" else self.demonstrator.sign_in(self.made.people[who])


@contextmanager
def walking(data: Path, translations: Path | None = None) -> Iterator[Walk]:
    """A service in which the demonstration is, with its data in the folder `data`."""
    with served(data, translations) as service:
        sources = {name: f"# {name}\n{SOURCE}".encode() for name in REPORTS}
        sources["hostile"] = json.dumps(NOTEBOOK).encode()
        reports = {name: make() for name, make in REPORTS.items()}
        context = service.app.state.context
        audit = to_json(outcome(version=context.catalog.get(SLUG).version))
        demonstrator = Demonstrator(context, service.clock, sources, reports.__getitem__, {"verdicts": 3.0}, audit)
        made = demonstrator.make(NAMES, PIECES, service.password)
        yield Walk(service.address, frozenset(routes(service.app)), demonstrator, made)
