"""Our faults. A student's fault is a value (a Verdict); nothing here ever becomes a grade.

GraderError
├── SandboxUnavailable   a mandatory wall does not hold here: no grading until an operator acts
├── SandboxBroken        the sandbox failed in a way no submission can cause: the grading is retried
└── MalformedHelp        a page of help is not in its form
"""


class GraderError(Exception):
    """Root of the grader's own faults."""


class SandboxUnavailable(GraderError):
    """A mandatory wall does not hold on this machine; the message names it for the operator."""


class SandboxBroken(GraderError):
    """The sandbox itself failed (could not start, lost its pipe before a submission was loaded): try again."""


class MalformedHelp(GraderError):
    """A page of help departs from its form; the message names the page and the line."""
