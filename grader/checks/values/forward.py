"""Are the values the reference's?"""

from grader.checks.subject import Finding, Subject
from grader.checks.values.values import absent, asked, compared, judged
from reference.spec import Forward

KIND = "forward"


def check(spec: Forward, subject: Subject) -> Finding:
    """Four probes in one message, compared tensor by tensor."""
    if spec.function not in subject.student.bindings:
        return absent(KIND, spec, subject)
    function = subject.assignment.function(spec.function)
    probes = subject.probes(function, subject.rng(KIND, spec.function))
    replies = asked(subject, function, probes)
    comparison, notes = compared(subject, function, probes, replies, spec.given, spec.results)
    return judged(KIND, spec, subject, comparison, {}, notes)
