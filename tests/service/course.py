"""Courses with students in a database, and a token for each student to hand in with."""

from dataclasses import dataclass
from datetime import timedelta

from app.security.tokens import Scope, digest, new_api_token
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role

DAYS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who hands in. path: where to, on the API."""

    path: str
    headers: dict[str, str]


def make_course(url: str, course: str, assignment: str, students: int) -> list[Student]:
    """A course with one assignment and so many students, in a database at this version's schema (migrated if not)."""
    database = Database.open(url, system_clock)
    try:
        database.migrate()
        now = system_clock()
        made = []
        with database.transaction() as tx:
            asked = tx.courses.add(course, course.upper(), "UTC")
            tx.courses.add_assignment(asked.id, assignment, assignment, 100.0, None, None, None)
            for number in range(students):
                user = tx.accounts.add_user(f"{course}-{number}@example.org", f"{course} {number}", None, now)
                tx.courses.enroll(asked.id, user.id, Role.STUDENT)
                secret = new_api_token()
                scopes = frozenset(scope.value for scope in Scope)
                tx.accounts.add_token(user.id, "handing in", digest(secret), scopes, now, now + DAYS)
                path = f"/api/v1/courses/{course}/assignments/{assignment}/submissions"
                made.append(Student(path, {"Authorization": f"Bearer {secret}"}))
        return made
    finally:
        database.close()
