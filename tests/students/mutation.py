"""Plants bugs in snippets, one slip at a time; grader.audit.slips knows where and which."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.audit.slips import slips
from tests.students.snippets import Snippet


@dataclass(frozen=True, slots=True)
class Mutant:
    """A snippet with one slip. key: where it is and what it is, the same from run to run."""

    origin: Snippet
    operator: str
    before: str
    after: str
    snippet: Snippet

    @property
    def key(self) -> str:
        """How the reviewed data calls it."""
        return f"{self.origin.key} {self.operator}: {self.before} -> {self.after}"


def mutants(snippet: Snippet) -> Iterator[Mutant]:
    """Every slip in every function and class of a snippet that compiles; each source once."""
    for slip in slips(snippet.source):
        try:
            compile(slip.source, "student.py", "exec")
        except (SyntaxError, ValueError):
            continue
        planted = Snippet(snippet.function, snippet.name, slip.source, (frozenset(),), snippet.returns)
        yield Mutant(snippet, slip.operator, slip.before, slip.after, planted)
