"""Courses, who is in them, and what they ask."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, select

from submissions.errors import SlugTaken
from submissions.models import Course, CourseAssignment, Enrollment, Role, User
from submissions.repository.accounts import user_of
from submissions.tables import course_assignments, courses, enrollments, users


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

    def by_slug(self, slug: str) -> Course | None:
        """The course with this slug."""
        row = self._connection.execute(select(courses).where(courses.c.slug == slug)).one_or_none()
        return None if row is None else _course_of(row)

    def by_id(self, course_id: str) -> Course | None:
        """The course with this id."""
        row = self._connection.execute(select(courses).where(courses.c.id == course_id)).one_or_none()
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

    def enroll(self, course_id: str, user_id: str, role: Role) -> None:
        """Put a person into a course, or change the role of one who is in it."""
        mine = (enrollments.c.course_id == course_id) & (enrollments.c.user_id == user_id)
        if self._connection.execute(enrollments.update().where(mine).values(role=role.value)).rowcount == 0:
            self._connection.execute(enrollments.insert().values(course_id=course_id, user_id=user_id, role=role.value))

    def role(self, course_id: str, user_id: str) -> Role | None:
        """What a person is in a course; None for nobody."""
        role = self._connection.scalar(
            select(enrollments.c.role).where(enrollments.c.course_id == course_id, enrollments.c.user_id == user_id)
        )
        return None if role is None else Role(role)

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
    ) -> CourseAssignment:
        """Ask for an assignment of the catalogue in a course. Raises SlugTaken if the course asks for it already."""
        taken = self._connection.scalar(
            select(course_assignments.c.id).where(
                course_assignments.c.course_id == course_id, course_assignments.c.slug == slug
            )
        )
        if taken is not None:
            raise SlugTaken(slug)
        added = CourseAssignment(uuid4().hex, course_id, slug, title, points, opens_at, due_at, attempts)
        self._connection.execute(
            course_assignments.insert().values(
                id=added.id,
                course_id=course_id,
                slug=slug,
                title=title,
                points=points,
                opens_at=opens_at,
                due_at=due_at,
                attempts=attempts,
            )
        )
        return added

    def assignments(self, course_id: str) -> list[CourseAssignment]:
        """What a course asks, by title."""
        rows = self._connection.execute(
            select(course_assignments)
            .where(course_assignments.c.course_id == course_id)
            .order_by(course_assignments.c.title, course_assignments.c.id)
        )
        return [_assignment_of(row) for row in rows]

    def assignment(self, course_assignment_id: str) -> CourseAssignment | None:
        """The course's assignment with this id."""
        row = self._connection.execute(
            select(course_assignments).where(course_assignments.c.id == course_assignment_id)
        ).one_or_none()
        return None if row is None else _assignment_of(row)


def _course_of(row: Row[Any]) -> Course:
    return Course(row.id, row.slug, row.title, row.time_zone)


def _assignment_of(row: Row[Any]) -> CourseAssignment:
    return CourseAssignment(
        row.id, row.course_id, row.slug, row.title, row.points, row.opens_at, row.due_at, row.attempts
    )
