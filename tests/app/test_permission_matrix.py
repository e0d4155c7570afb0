"""Who gets what from every route of the application; a route that is not in the table fails the test.

A POST carries the token of its session, a small file where one is handed in, and nothing else: 422 says that one may,
but the form is empty. Questions about a launch are real: each visitor's own, from a course of an LMS that is connected
with the course, or from a new one where the route connects. A new route needs one line here.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from app.lti import names, question
from app.lti.launch import Launch
from app.security.tokens import digest
from submissions.models import Role
from tests.app.all_routes import routes

VISITORS = "nobody student peer assistant instructor operator other".split()
"""student: whose submission it is; peer: another of the course; other: an instructor of another course."""

TABLE = """
GET  /api/v1/openapi.json                                                200 200 200 200 200 200 200
GET  /healthz                                                            200 200 200 200 200 200 200
GET  /metrics                                                             404 404 404 404 404 404 404
GET  /readyz                                                             200 200 200 200 200 200 200
GET  /api/v1/courses                                                     401 200 200 200 200 200 200
GET  /api/v1/courses/{course}/assignments                                401 200 200 200 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/starter           401 200 200 200 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/grades            401 403 403 200 200 200 404
POST /api/v1/courses/{course}/assignments/{assignment}/submissions       401 202 202 202 202 202 404
GET  /api/v1/courses/{course}/assignments/{assignment}/submissions       401 200 200 200 200 200 404
GET  /api/v1/submissions/{submission_id}                                 401 200 404 200 200 200 404
GET  /api/v1/submissions/{submission_id}/report                          401 200 404 200 200 200 404
GET  /api/v1/problems                                                    200 200 200 200 200 200 200
GET  /login                                                              200 303 303 303 303 303 303
POST /login                                                              401 401 401 401 401 401 401
POST /logout                                                             401 303 303 303 303 303 303
GET  /login/oidc                                                         404 404 404 404 404 404 404
GET  /login/oidc/callback                                                404 404 404 404 404 404 404
GET  /invitations/{secret}                                               410 410 410 410 410 410 410
POST /invitations/{secret}                                               410 410 410 410 410 410 410
GET  /forgot                                                             200 200 200 200 200 200 200
POST /forgot                                                             404 404 404 404 404 404 404
GET  /reset/{secret}                                                     410 410 410 410 410 410 410
POST /reset/{secret}                                                     410 410 410 410 410 410 410
GET  /profile                                                            303 200 200 200 200 200 200
POST /profile                                                            401 422 422 422 422 422 422
POST /profile/password                                                   401 422 422 422 422 422 422
POST /profile/sessions/end                                               401 303 303 303 303 303 303
POST /profile/tokens                                                     401 422 422 422 422 422 422
POST /profile/tokens/revoke                                              401 303 303 303 303 303 303
GET  /                                                                   303 200 200 200 200 200 200
GET  /courses/{course}                                                   303 200 200 200 200 200 404
GET  /courses/{course}/assignments/{assignment}                          303 200 200 200 200 200 404
GET  /courses/{course}/assignments/{assignment}/starter.py               303 200 200 200 200 200 404
GET  /courses/{course}/assignments/{assignment}/submissions              303 303 303 303 303 303 303
POST /courses/{course}/assignments/{assignment}/submissions              401 303 303 303 303 303 404
GET  /courses/{course}/assignments/{assignment}/check                    303 303 303 303 303 303 303
POST /courses/{course}/assignments/{assignment}/check                    401 422 422 422 422 422 404
GET  /submissions/{submission}                                           303 200 404 200 200 200 404
GET  /submissions/{submission}/report.json                               303 200 404 200 200 200 404
GET  /submissions/{submission}/events                                    303 200 404 200 200 200 404
GET  /submissions/{submission}/source                                    303 200 404 200 200 200 404
GET  /courses/{course}/assignments/{assignment}/dashboard                303 403 403 200 200 200 404
GET  /courses/{course}/assignments/{assignment}/grades.csv               303 403 403 403 200 200 404
GET  /help                                                               200 200 200 200 200 200 200
GET  /help/{code}                                                        200 200 200 200 200 200 200
GET  /api/v1/submissions/{submission_id}/results.json                    401 200 404 200 200 200 404
GET  /lti/login                                                          400 400 400 400 400 400 400
POST /lti/login                                                          400 400 400 400 400 400 400
POST /lti/launch                                                         400 400 400 400 400 400 400
POST /lti/stored/{secret}                                                400 400 400 400 400 400 400
GET  /lti/arrived/{secret}                                               400 400 400 400 400 400 400
GET  /lti/jwks                                                           200 200 200 200 200 200 200
GET  /lti/register/{invitation}                                          400 400 400 400 400 400 400
GET  /lti/questions/{secret}                                             303 400 400 200 200 200 400
POST /lti/questions/{secret}/course                                      401 400 400 400 422 422 422
POST /lti/questions/{secret}/assignment                                  401 400 400 422 422 422 400
GET  /lti/account                                                        303 400 400 400 400 400 400
POST /lti/account                                                        401 400 400 400 400 400 400
GET  /lti/account/link                                                   303 400 400 400 400 400 400
POST /lti/account/link                                                   401 400 400 400 400 400 400
POST /lti/account/unlink                                                 401 400 400 400 400 400 400
POST /lti/window                                                         401 200 200 200 200 200 200
GET  /lti/window/{secret}                                                400 400 400 400 400 400 400
POST /lti/window/{secret}                                                400 400 400 400 400 400 400
GET  /courses/{course}/lms                                               303 403 403 403 200 200 404
POST /courses/{course}/lms/disconnect                                    401 403 403 403 404 404 404
GET  /courses/{course}/assignments/{assignment}/lms                      303 403 403 200 200 200 404
POST /courses/{course}/assignments/{assignment}/lms/push                 401 403 403 403 303 303 404
POST /courses/{course}/assignments/{assignment}/lms/results              401 403 403 403 200 200 404
POST /courses/{course}/assignments/{assignment}/lms/roster               401 403 403 403 303 303 404
GET  /courses/{course}/assignments/{assignment}/gradebook                303 403 403 403 200 200 404
POST /courses/{course}/assignments/{assignment}/gradebook                401 403 403 403 422 422 404
GET  /courses/{course}/assignments/{assignment}/gradebook/{kind}.csv     303 403 403 403 200 200 404
GET  /courses/{course}/webhooks                                          303 403 403 403 200 200 404
POST /courses/{course}/webhooks                                          401 403 403 403 422 422 404
POST /courses/{course}/webhooks/{webhook}/remove                         401 403 403 403 404 404 404
POST /courses/{course}/webhooks/{webhook}/deliveries/{delivery}/again    401 403 403 403 404 404 404
GET  /submissions/{submission}/files.zip                                 303 200 404 200 200 200 404
GET  /submissions/{submission}/files/{name}                              303 404 404 404 404 404 404
GET  /courses/new                                                        303 403 403 403 200 200 200
POST /courses/new                                                        401 403 403 403 422 422 422
GET  /courses/{course}/settings                                          303 403 403 403 200 200 404
POST /courses/{course}/settings                                          401 403 403 403 422 422 404
GET  /courses/{course}/history                                           303 403 403 403 200 200 404
POST /courses/{course}/copy                                              401 403 403 403 422 422 404
GET  /courses/{course}/assignments/new                                   303 403 403 403 200 200 404
POST /courses/{course}/assignments/new                                   401 403 403 403 422 422 404
GET  /courses/{course}/assignments/{assignment}/edit                     303 403 403 403 200 200 404
POST /courses/{course}/assignments/{assignment}/edit                     401 403 403 403 422 422 404
POST /courses/{course}/assignments/{assignment}/remove                   401 403 403 403 422 422 404
GET  /courses/{course}/people                                            303 403 403 403 200 200 404
GET  /courses/{course}/people/preview                                    303 303 303 303 303 303 303
GET  /courses/{course}/people/add                                        303 303 303 303 303 303 303
POST /courses/{course}/people/preview                                    401 403 403 403 422 422 404
POST /courses/{course}/people/add                                        401 403 403 403 422 422 404
POST /courses/{course}/people/sign-in-links                              401 403 403 403 303 303 404
POST /courses/{course}/people/{person}/sign-in-link                      401 403 403 403 404 404 404
POST /courses/{course}/people/invitations                                401 403 403 403 422 422 404
POST /courses/{course}/people/invitations/{invitation}/withdraw          401 403 403 403 404 404 404
GET  /courses/{course}/people/{person}                                   303 403 403 403 404 404 404
POST /courses/{course}/people/{person}/role                              401 403 403 403 404 404 404
POST /courses/{course}/people/{person}/correct                           401 403 403 403 404 404 404
POST /courses/{course}/people/{person}/remove                            401 403 403 403 404 404 404
GET  /courses/{course}/assignments/{assignment}/extensions               303 403 403 403 200 200 404
POST /courses/{course}/assignments/{assignment}/extensions               401 403 403 403 422 422 404
POST /courses/{course}/assignments/{assignment}/extensions/{student}/remove 401 403 403 403 303 303 404
GET  /submissions/{submission}/comments                                  303 303 303 303 303 303 303
GET  /submissions/{submission}/override                                  303 303 303 303 303 303 303
POST /submissions/{submission}/comments                                  401 403 404 422 422 422 404
POST /submissions/{submission}/override                                  401 403 404 422 422 422 404
GET  /submissions/{submission}/question                                  303 303 303 303 303 303 303
POST /submissions/{submission}/question                                  401 422 404 403 403 403 404
GET  /courses/{course}/questions                                         303 403 403 200 200 200 404
POST /submissions/{submission}/override/remove                           401 403 404 303 303 303 404
POST /submissions/{submission}/again                                     401 409 404 409 409 409 404
GET  /courses/{course}/assignments/{assignment}/grades.json              303 403 403 403 200 200 404
GET  /courses/{course}/assignments/{assignment}/sources.zip              303 403 403 403 200 200 404
GET  /courses/{course}/assignments/{assignment}/audit                    303 403 403 200 200 200 404
GET  /courses/{course}/assignments/{assignment}/similarity               303 403 403 200 200 200 404
POST /courses/{course}/assignments/{assignment}/similarity               401 403 403 303 303 303 404
GET  /courses/{course}/assignments/{assignment}/similarity/{first}/{second} 303 403 403 404 404 404 404
GET  /courses/{course}/assignments/{assignment}/regrade                  303 403 403 403 200 200 404
POST /courses/{course}/assignments/{assignment}/regrade                  401 403 403 403 303 409 404
GET  /submissions/{submission}/regrade                                   303 303 303 303 303 303 303
POST /submissions/{submission}/regrade                                   401 403 404 403 409 409 404
POST /courses/{course}/assignments/{assignment}/regrade/{regrade}/{step} 401 403 403 403 404 404 404
GET  /courses/{course}/grades                                            303 403 403 200 200 200 404
GET  /courses/{course}/grades.csv                                        303 403 403 403 200 200 404
POST /api/v1/courses                                                             401 403 403 403 422 422 422
GET  /api/v1/courses/{course}                                                    401 200 200 200 200 200 404
PATCH /api/v1/courses/{course}                                                    401 403 403 403 422 422 404
POST /api/v1/courses/{course}/assignments                                        401 403 403 403 422 422 404
GET  /api/v1/courses/{course}/assignments/{assignment}                           401 200 200 200 200 200 404
PATCH /api/v1/courses/{course}/assignments/{assignment}                           401 403 403 403 422 422 404
GET  /api/v1/courses/{course}/roster                                             401 403 403 403 200 200 404
POST /api/v1/courses/{course}/roster                                             401 403 403 403 422 422 404
POST /api/v1/courses/{course}/roster/csv                                         401 403 403 403 415 415 404
GET  /api/v1/courses/{course}/roster/csv                                         401 403 403 403 200 200 404
GET  /api/v1/courses/{course}/roster/{user_id}                                   401 403 403 403 404 404 404
PUT  /api/v1/courses/{course}/roster/{user_id}                                   401 403 403 403 422 422 404
DELETE /api/v1/courses/{course}/roster/{user_id}                                   401 403 403 403 404 404 404
GET  /api/v1/submissions/{submission_id}/events                                  401 200 404 200 200 200 404
GET  /api/v1/courses/{course}/scores                                             401 403 403 200 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/scores                    401 403 403 200 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/overrides                 401 403 403 200 200 200 404
GET  /api/v1/submissions/{submission_id}/override                                401 403 404 404 404 404 404
PUT  /api/v1/submissions/{submission_id}/results.json                            401 403 404 422 422 422 404
PUT  /api/v1/submissions/{submission_id}/override                                401 403 404 422 422 422 404
DELETE /api/v1/submissions/{submission_id}/override                                401 403 404 204 204 204 404
GET  /api/v1/courses/{course}/assignments/{assignment}/regrades                  401 403 403 403 200 200 404
POST /api/v1/courses/{course}/assignments/{assignment}/regrades                  401 403 403 403 409 409 404
GET  /api/v1/courses/{course}/assignments/{assignment}/regrades/{regrade}        401 403 403 403 404 404 404
GET  /api/v1/courses/{course}/assignments/{assignment}/regrades/{regrade}/changes 401 403 403 403 404 404 404
POST /api/v1/courses/{course}/assignments/{assignment}/regrades/{regrade}/apply  401 403 403 403 404 404 404
POST /api/v1/courses/{course}/assignments/{assignment}/regrades/{regrade}/undo   401 403 403 403 404 404 404
POST /api/v1/courses/{course}/assignments/{assignment}/regrades/{regrade}/discard 401 403 403 403 404 404 404
GET  /api/v1/courses/{course}/assignments/{assignment}/exports/grades.csv        401 403 403 403 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/exports/grades.json       401 403 403 403 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/exports/sources.zip       401 403 403 403 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/exports/gradebook/{kind}.csv 401 403 403 403 200 200 404
GET  /api/v1/problems/{name}                                                     404 404 404 404 404 404 404
DELETE /api/v1/courses/{course}/assignments/{assignment}                           401 403 403 403 409 409 404
GET  /api/v1/courses/{course}/assignments/{assignment}/extensions                401 403 403 403 200 200 404
GET  /api/v1/courses/{course}/assignments/{assignment}/extensions/{user_id}      401 403 403 403 404 404 404
PUT  /api/v1/courses/{course}/assignments/{assignment}/extensions/{user_id}      401 403 403 403 422 422 404
DELETE /api/v1/courses/{course}/assignments/{assignment}/extensions/{user_id}      401 403 403 403 404 404 404
"""

PLACES = {
    "course": "nn",
    "assignment": "ece421-numpy-nn",
    "submission": "SUBMISSION",
    "submission_id": "SUBMISSION",
    "secret": "unknown",
    "code": "TIME_LIMIT",
    "invitation": "unknown",
    "kind": "canvas",
    "name": "unknown",
    "webhook": "unknown",
    "delivery": "unknown",
    "person": "unknown",
    "user_id": "unknown",
    "student": "unknown",
    "regrade": "unknown",
    "step": "apply",
    "first": "unknown",
    "second": "unknown",
}
"""What stands in the place of each name in a path."""

PUBLIC = {
    "/api/v1/openapi.json",
    "/api/v1/problems",
    "/healthz",
    "/lti/jwks",
    "/readyz",
    "/login",
    "/forgot",
    "/help",
    "/help/{code}",
}
"""What nobody has to sign in for."""


LAUNCHED = {
    "ada": Role.STUDENT,
    "bashir": Role.STUDENT,
    "asta": Role.ASSISTANT,
    "ines": Role.INSTRUCTOR,
    "otto": Role.INSTRUCTOR,
    "eve": Role.INSTRUCTOR,
}
"""What the LMS says that each visitor is."""


@dataclass(frozen=True)
class Row:
    """A route and the status that each visitor gets."""

    method: str
    path: str
    expected: dict[str, int]


def rows() -> list[Row]:
    found = []
    for line in filter(None, TABLE.splitlines()):
        method, path, *codes = line.split()
        assert len(codes) == len(VISITORS), line
        found.append(Row(method, path, dict(zip(VISITORS, map(int, codes), strict=True))))
    return found


@pytest.fixture
def visitors(school: Any) -> dict[str, str]:
    """The person behind each visitor."""
    with school.context.database.transaction() as tx:
        other = tx.courses.add("other", "Another course", "UTC")
        tx.courses.enroll(other.id, school.people["eve"].id, Role.INSTRUCTOR)
        lms, now = "https://lms.example.org", school.clock()
        platform = tx.lti_platforms.add("Moodle", lms, "client", f"{lms}/auth", f"{lms}/token", f"{lms}/jwks", (), now)
        tx.lti_links.connect(platform.id, "known", school.asked.course_id, None)
    return dict(zip(VISITORS, ("", "ada", "bashir", "asta", "ines", "otto", "eve"), strict=True))


def asked_of(school: Any, row: Row, person: str) -> str:
    """The secret of a question that waits for this person."""
    with school.context.database.transaction() as tx:
        (platform,) = tx.lti_platforms.all()
        launch = Launch(
            platform=platform,
            deployment_id="1",
            message_type=names.RESOURCE_LINK_REQUEST,
            subject=person,
            email=None,
            name=person,
            role=LAUNCHED[person],
            context_id="new" if row.path.endswith("/course") else "known",
            context_title="A course",
            resource_link_id="activity",
            resource_link_title="Homework",
            line_item_url=None,
            memberships_url=None,
            custom={},
            deep_linking=None,
        )
        return question.ask(school.context, tx, launch, school.people[person])


def ask(school: Any, row: Row, person: str, submission: str) -> int:
    """The status that a person gets, each time in a session of its own."""
    school.client.forget()
    places = PLACES
    if person and row.path.startswith("/lti/questions/"):
        places = {**PLACES, "secret": asked_of(school, row, person)}
    path = re.sub(r"\{(\w+)\}", lambda name: places[name[1]], row.path).replace("SUBMISSION", submission)
    headers, form = {}, {"csrf_token": "csrf"}
    if person and path.startswith("/api/"):
        headers = school.bearer(person)
    elif person:
        now, secret = school.clock(), f"{person} {row.method} {path}"
        with school.context.database.transaction() as tx:
            user = school.people[person].id
            tx.accounts.start_session(user, digest(secret), "csrf", now, now + timedelta(hours=1))
        headers = {"Cookie": f'chainrule="{secret}"'}
    more: dict[str, Any] = {"data": form} if row.method == "POST" else {}
    if row.path.endswith("/submissions") and more:
        more["files"] = {"file": ("a1.py", b"def relu(x): return x")}
    return int(school.client.request(row.method, path, headers=headers, **more).status_code)


def test_every_route_is_in_the_table(client: Any) -> None:
    there = {(row.method, row.path) for row in rows()}
    answered = set(routes(client.app))

    assert len(answered) > 40
    assert answered - there == set(), "say in TABLE who may use these routes"
    assert there - answered == set(), "these routes are gone"


def test_every_name_in_a_path_is_known() -> None:
    names = {name for row in rows() for name in re.findall(r"\{(\w+)\}", row.path)}

    assert names <= set(PLACES), "say in PLACES what stands for it"


def test_everybody_gets_what_the_table_says(school: Any, visitors: dict[str, str]) -> None:
    submission = school.hand_in("ada")
    school.grade()
    wrong = []
    for row in rows():
        for visitor, expected in row.expected.items():
            status = ask(school, row, visitors[visitor], submission)
            if status != expected:
                wrong.append(f"{row.method} {row.path} as {visitor}: {status}, not {expected}")

    assert wrong == []


def test_nothing_but_what_is_public_is_given_to_nobody() -> None:
    given = {row.path for row in rows() if row.expected["nobody"] in (200, 202, 422)}

    assert given == PUBLIC


def test_no_other_course_opens_a_door_that_a_stranger_finds_closed() -> None:
    for row in rows():
        if "{course}" in row.path or "{submission" in row.path:
            assert row.expected["other"] in (303, 404), row
            second = (303, 409)  # the instructor's regrade is being tried when the operator asks for one
            same = (row.expected["instructor"], row.expected["operator"])
            assert len(set(same)) == 1 or (same == second and row.path.endswith("/regrade")), row
