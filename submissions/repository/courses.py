"""Courses, who is in them, and what they ask."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, func, select

from submissions.errors import AlreadyUsed, SlugTaken
from submissions.lateness import CLOSED_WHEN_DUE, Late, LateRule
from submissions.models import QUESTION_DAYS, Course, CourseAssignment, Enrollment, Role, User
from submissions.repository.accounts import user_of
from submissions.schema.marking_tables import extensions
from submissions.schema.tables import course_assignments, courses, enrollments, submissions, users

# Asked at every request, and so put together once.
_BY_SLUG = select(courses).where(courses.c.slug == bindparam("slug"))
_BY_ID = select(courses).where(courses.c.id == bindparam("of"))
_ROLE = select(enrollments.c.role).where(
    enrollments.c.course_id == bindparam("course"), enrollments.c.user_id == bindparam("person")
)
_ASSIGNMENT = select(course_assignments).where(course_assignments.c.id == bindparam("of"))
_ASSIGNMENTS = (
    select(course_assignments)
    .where(course_assignments.c.course_id == bindparam("course"))
    .order_by(course_assignments.c.title, course_assignments.c.id)
)


class Courses:
    """The courses of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, slug: str, title: str, time_zone: str) -> Course:
        """A new course. Raises SlugTaken."""
        if self.by_slug(slug) is not None:
            raise SlugTaken(slug)
        course = Course(uuid4().hex, slug, title, time_zone)
        self._connection.execute(courses.insert().values(id=course.id, slug=slug, title=title, time_zone=time_zone))
        return course

    def change(self, course: Course) -> None:
        """Store a course's title and time zone as they now are; its slug is in everybody's links and stays."""
        self._connection.execute(
            courses.update().where(courses.c.id == course.id).values(title=course.title, time_zone=course.time_zone)
        )

    def by_slug(self, slug: str) -> Course | None:
        """The course with this slug."""
        row = self._connection.execute(_BY_SLUG, {"slug": slug}).one_or_none()
        return None if row is None else _course_of(row)

    def by_id(self, course_id: str) -> Course | None:
        """The course with this id."""
        row = self._connection.execute(_BY_ID, {"of": course_id}).one_or_none()
        return None if row is None else _course_of(row)

    def all(self) -> list[Course]:
        """Every course by title, for operators."""
        return [_course_of(row) for row in self._connection.execute(select(courses).order_by(courses.c.title))]

    def of_user(self, user_id: str) -> list[Enrollment]:
        """The courses a person is in, by title."""
        user_row = self._connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
        if user_row is None:
            return []
        user = user_of(user_row)
        rows = self._connection.execute(
            select(courses, enrollments.c.role)
            .join(enrollments, enrollments.c.course_id == courses.c.id)
            .where(enrollments.c.user_id == user_id)
            .order_by(courses.c.title, courses.c.id)
        )
        return [Enrollment(_course_of(row), user, Role(row.role)) for row in rows]

    def with_work_of(self, user_id: str) -> frozenset[str]:
        """The ids of the courses in which a person has handed something in, whether they are still in them or not."""
        found = self._connection.scalars(
            select(course_assignments.c.course_id)
            .join(submissions, submissions.c.course_assignment_id == course_assignments.c.id)
            .where(submissions.c.user_id == user_id)
            .distinct()
        )
        return frozenset(found)

    def enroll(self, course_id: str, user_id: str, role: Role) -> None:
        """Put a person into a course, or change the role of one who is in it."""
        mine = (enrollments.c.course_id == course_id) & (enrollments.c.user_id == user_id)
        if self._connection.execute(enrollments.update().where(mine).values(role=role.value)).rowcount == 0:
            self._connection.execute(enrollments.insert().values(course_id=course_id, user_id=user_id, role=role.value))

    def role(self, course_id: str, user_id: str) -> Role | None:
        """What a person is in a course; None for nobody."""
        role = self._connection.scalar(_ROLE, {"course": course_id, "person": user_id})
        return None if role is None else Role(role)

    def unenroll(self, course_id: str, user_id: str) -> bool:
        """Take a person out of a course; whether they were in it. Their work stays."""
        mine = (enrollments.c.course_id == course_id) & (enrollments.c.user_id == user_id)
        return self._connection.execute(enrollments.delete().where(mine)).rowcount == 1

    def people(self, course: Course) -> list[Enrollment]:
        """Everybody in a course, by name."""
        rows = self._connection.execute(
            select(users, enrollments.c.role)
            .join(enrollments, enrollments.c.user_id == users.c.id)
            .where(enrollments.c.course_id == course.id)
            .order_by(func.lower(users.c.name), users.c.id)
        )
        return [Enrollment(course, user_of(row), Role(row.role)) for row in rows]

    def learners(self, course_id: str) -> list[User]:
        """The students of a course, by name."""
        rows = self._connection.execute(
            select(users)
            .join(enrollments, enrollments.c.user_id == users.c.id)
            .where(enrollments.c.course_id == course_id, enrollments.c.role == Role.STUDENT.value)
            .order_by(func.lower(users.c.name), users.c.id)
        )
        return [user_of(row) for row in rows]

    def add_assignment(
        self,
        course_id: str,
        slug: str,
        title: str,
        points: float,
        opens_at: datetime | None,
        due_at: datetime | None,
        attempts: int | None,
        *,
        refill_per_day: int | None = None,
        late: LateRule = CLOSED_WHEN_DUE,
        visible: bool = True,
        newest_only: bool = False,
        question_days: int | None = QUESTION_DAYS,
    ) -> CourseAssignment:
        """Ask for an assignment of the catalogue in a course. Raises SlugTaken if the course asks for it already."""
        taken = self._connection.scalar(
            select(course_assignments.c.id).where(
                course_assignments.c.course_id == course_id, course_assignments.c.slug == slug
            )
        )
        if taken is not None:
            raise SlugTaken(slug)
        added = CourseAssignment(
            uuid4().hex,
            course_id,
            slug,
            title,
            points,
            opens_at,
            due_at,
            attempts,
            refill_per_day,
            late,
            visible,
            newest_only,
            question_days,
        )
        self._connection.execute(course_assignments.insert().values(id=added.id, **_columns_of(added)))
        return added

    def change_assignment(self, changed: CourseAssignment) -> None:
        """Store an assignment of a course as it now is."""
        self._connection.execute(
            course_assignments.update().where(course_assignments.c.id == changed.id).values(**_columns_of(changed))
        )

    def remove_assignment(self, asked: CourseAssignment) -> None:
        """No longer ask for an assignment. Raises AlreadyUsed where something was handed in for it."""
        handed_in = self._connection.scalar(
            select(func.count()).select_from(submissions).where(submissions.c.course_assignment_id == asked.id)
        )
        if handed_in:
            raise AlreadyUsed(asked.title, handed_in)
        self._connection.execute(extensions.delete().where(extensions.c.course_assignment_id == asked.id))
        self._connection.execute(course_assignments.delete().where(course_assignments.c.id == asked.id))

    def assignments(self, course_id: str) -> list[CourseAssignment]:
        """What a course asks, by title."""
        return [assignment_of_row(row) for row in self._connection.execute(_ASSIGNMENTS, {"course": course_id})]

    def assignment(self, course_assignment_id: str) -> CourseAssignment | None:
        """The course's assignment with this id."""
        row = self._connection.execute(_ASSIGNMENT, {"of": course_assignment_id}).one_or_none()
        return None if row is None else assignment_of_row(row)


def _course_of(row: Row[Any]) -> Course:
    return Course(row.id, row.slug, row.title, row.time_zone)


def assignment_of_row(row: Row[Any]) -> CourseAssignment:
    """The assignment in a row that selects the table."""
    return CourseAssignment(
        id=row.id,
        course_id=row.course_id,
        slug=row.slug,
        title=row.title,
        points=row.points,
        opens_at=row.opens_at,
        due_at=row.due_at,
        attempts=row.attempts,
        refill_per_day=row.refill_per_day,
        late=LateRule(Late(row.late), row.late_percent, row.grace_days, row.closes_at),
        visible=row.visible,
        newest_only=row.newest_only,
        question_days=row.question_days,
    )


def _columns_of(asked: CourseAssignment) -> dict[str, Any]:
    return {
        "course_id": asked.course_id,
        "slug": asked.slug,
        "title": asked.title,
        "points": asked.points,
        "opens_at": asked.opens_at,
        "due_at": asked.due_at,
        "attempts": asked.attempts,
        "refill_per_day": asked.refill_per_day,
        "late": asked.late.kind.value,
        "late_percent": asked.late.percent_per_day,
        "grace_days": asked.late.grace_days,
        "closes_at": asked.late.closes_at,
        "visible": asked.visible,
        "newest_only": asked.newest_only,
        "question_days": asked.question_days,
    }
