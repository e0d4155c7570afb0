"""A new course and a changed one, as pages and the API both make them."""

import re
from dataclasses import replace
from datetime import datetime

from app.access import Membership
from app.errors import BadForm, NotAllowed
from app.permissions import may_create_courses
from grader.translation import gettext as _
from submissions.actors import By
from submissions.database import Transaction
from submissions.models import Course, Role, User

SHORTEST, LONGEST = 2, 99
SLUG = re.compile(rf"[a-z0-9][a-z0-9-]{{{SHORTEST - 1},{LONGEST - 1}}}")
TAKEN_BY_PAGES = frozenset({"new"})


def may_create(tx: Transaction, user: User) -> None:
    """Return if `user` may make courses. Raises NotAllowed."""
    roles = [enrollment.role for enrollment in tx.courses.of_user(user.id)]
    if not may_create_courses(user.is_operator, roles):
        raise NotAllowed(_("Only operators and instructors make new courses."))


def new_slug(slug: str) -> str:
    """`slug`, if a course can be called that. Raises BadForm."""
    if slug in TAKEN_BY_PAGES:
        raise BadForm(_("“{slug}” is the address of a page. Choose another short name.", slug=slug), "slug")
    if not SHORTEST <= len(slug) <= LONGEST:
        raise BadForm(_("The short name has {least} to {most} characters.", least=SHORTEST, most=LONGEST), "slug")
    if not SLUG.fullmatch(slug):
        raise BadForm(_("The short name has small letters, digits and hyphens, like nn-2027."), "slug")
    return slug


def free_slug(tx: Transaction, title: str) -> str:
    """A short name made from `title` that a course can have: no page and no course is called that."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower())[:60].strip("-") or "course"
    slug, number = stem, 1
    while not SLUG.fullmatch(slug) or slug in TAKEN_BY_PAGES or tx.courses.by_slug(slug) is not None:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def create_course(tx: Transaction, user: User, slug: str, title: str, time_zone: str, now: datetime) -> Course:
    """A course with its maker as instructor. Raises NotAllowed, BadForm or SlugTaken."""
    may_create(tx, user)
    return vouched_course(tx, user, slug, title, time_zone, now)


def vouched_course(tx: Transaction, user: User, slug: str, title: str, time_zone: str, now: datetime) -> Course:
    """The same for whoever may without being responsible for a course here yet: a platform vouches for them.

    Raises BadForm or SlugTaken.
    """
    course = open_course(tx, user, slug, title, time_zone, now)
    tx.courses.enroll(course.id, user.id, Role.INSTRUCTOR)
    return course


def open_course(tx: Transaction, by: By, slug: str, title: str, time_zone: str, now: datetime) -> Course:
    """A course that nobody is in yet. Raises BadForm or SlugTaken."""
    course = tx.courses.add(new_slug(slug), title, time_zone)
    note(tx, now, by, course, "course.created")
    return course


def change_course(tx: Transaction, member: Membership, title: str, time_zone: str, now: datetime) -> Course:
    """The course with another title and clock."""
    changed = replace(member.course, title=title, time_zone=time_zone)
    if changed != member.course:
        tx.courses.change(changed)
        note(tx, now, member.user, changed, "course.changed")
    return changed


def note(tx: Transaction, now: datetime, by: By, course: Course, kind: str, **more: object) -> None:
    """Write into the audit what became of a course."""
    detail = {"by": by.name, "slug": course.slug, "title": course.title, "time_zone": course.time_zone, **more}
    tx.events.add(kind, now, user_id=by.id, course_id=course.id, detail=detail)
