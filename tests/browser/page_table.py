"""Every page of the service and who looks at it; what a test that walks all pages must not forget."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A route as `who` opens it. {sample} and the like stand for a submission, {link:...} for the secret of a link."""

    route: str
    who: str
    path: str
    status: int = 200

    @property
    def name(self) -> str:
        """What the test is called."""
        return f"{self.who} {self.path}"


TABLE = """
nobody     /login
nobody     /login/oidc                                             404
nobody     /login/oidc/callback                                    404
nobody     /invitations/{secret}            /invitations/{link:invitation}
nobody     /invitations/{secret}            /invitations/unknown   410
instructor /invitations/{secret}            /invitations/{link:invitation}
nobody     /forgot
nobody     /reset/{secret}                  /reset/{link:reset}
nobody     /reset/{secret}                  /reset/unknown         410
nobody     /help
nobody     /help/{code}                     /help/RELU_MASK_MISSING
nobody     /help/{code}                     /help/TIME_LIMIT
nobody     /help/{code}                     /help/UNHEARD_OF       404
nobody     /lti/login                                              400
nobody     /lti/register/{invitation}       /lti/register/unknown  400
nobody     /lti/arrived/{secret}            /lti/arrived/unknown  400
nobody     /lti/window/{secret}             /lti/window/{link:window}
instructor /lti/questions/{secret}          /lti/questions/{link:known course}
instructor /lti/questions/{secret}          /lti/questions/{link:unknown course}
launched   /lti/questions/{secret}          /lti/questions/{link:first course}
launched   /lti/account
launched   /lti/account/link                                       400
launched   /profile
student    /profile
student    /
instructor /
operator   /
student    /courses/{course}
instructor /courses/{course}
student    /courses/{course}/assignments/{assignment}
instructor /courses/{course}/assignments/{assignment}
student    /submissions/{submission}        /submissions/{sample}
instructor /submissions/{submission}        /submissions/{sample}
instructor /submissions/{submission}        /submissions/{verdicts}
instructor /submissions/{submission}        /submissions/{hostile}
instructor /submissions/{submission}        /submissions/{diverging}
instructor /submissions/{submission}        /submissions/{failed}
instructor /submissions/{submission}        /submissions/{running}
instructor /submissions/{submission}        /submissions/{waiting}
student    /submissions/{submission}        /submissions/unknown   404
student    /submissions/{submission}/source /submissions/{sample}/source
instructor /submissions/{submission}/source /submissions/{hostile}/source
instructor /courses/{course}/assignments/{assignment}/dashboard
assistant  /courses/{course}/assignments/{assignment}/dashboard
student    /courses/{course}/assignments/{assignment}/dashboard    403
instructor /courses/{course}/grades
assistant  /courses/{course}/questions
instructor /courses/{course}/assignments/{assignment}/lms
instructor /courses/{course}/assignments/{assignment}/gradebook
instructor /courses/{course}/lms
instructor /courses/{course}/webhooks
instructor /courses/new
instructor /courses/{course}/settings
instructor /courses/{course}/history
instructor /courses/{course}/assignments/new
instructor /courses/{course}/assignments/new  /courses/{course}/assignments/new?slug=dlsys-hw0
instructor /courses/{course}/assignments/{assignment}/edit
instructor /courses/{course}/people
instructor /courses/{course}/people/{person} /courses/{course}/people/{student}
instructor /courses/{course}/assignments/{assignment}/extensions
assistant  /courses/{course}/assignments/{assignment}/audit
assistant  /courses/{course}/assignments/{assignment}/similarity
assistant  /courses/{course}/assignments/{assignment}/similarity/{first}/{second}
instructor /courses/{course}/assignments/{assignment}/regrade
"""
"""Who, the route, the path where it is not the route with the demonstration's course in it, the status unless 200."""

NOT_PAGES = """
/healthz /readyz /metrics /lti/jwks
/courses/{course}/grades.csv
/courses/{course}/people/preview /courses/{course}/people/add
/courses/{course}/assignments/{assignment}/starter.py
/courses/{course}/assignments/{assignment}/check
/submissions/{submission}/comments /submissions/{submission}/override
/submissions/{submission}/question /submissions/{submission}/regrade
/courses/{course}/assignments/{assignment}/submissions
/courses/{course}/assignments/{assignment}/grades.csv
/courses/{course}/assignments/{assignment}/grades.json
/courses/{course}/assignments/{assignment}/sources.zip
/courses/{course}/assignments/{assignment}/gradebook/{kind}.csv
/submissions/{submission}/report.json
/submissions/{submission}/events
/submissions/{submission}/files.zip
/submissions/{submission}/files/{name}
""".split()
"""What is answered with a file, with JSON or with another address."""


def looks() -> tuple[Look, ...]:
    """The table, read."""
    return tuple(_read(line) for line in filter(None, TABLE.splitlines()))


def _read(line: str) -> Look:
    who, _, rest = line.partition(" ")
    rest, _, status = rest.strip().rpartition("  ") if rest.rstrip()[-3:].isdigit() else (rest.strip(), "", "200")
    route, _, path = rest.strip().partition(" ")
    return Look(route, who, path.strip() or route, int(status))
