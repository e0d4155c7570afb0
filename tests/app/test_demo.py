"""The demo course is made once, through the door everybody uses, and never in production."""

from typing import Any

import pytest

from app.demo import LOGINS, STUDENTS, WORKS, make_demo, student_email
from app.errors import NotAllowed
from app.settings import Environment
from reference.catalog import Catalog


def test_twice_makes_it_once(client: Any) -> None:
    context = client.app.state.context
    first = make_demo(context.database, Catalog.builtin(), context.settings, context.clock())
    second = make_demo(context.database, Catalog.builtin(), context.settings, context.clock())

    assert (first, second) == (len(WORKS), 0)
    with context.database.reading() as tx:
        assert tx.queue.depth()["live"] == len(WORKS)
    with context.database.reading() as tx:
        course = tx.courses.by_slug("demo")
        assert len(tx.courses.learners(course.id)) == len(STUDENTS) == 14


def test_every_login_works(client: Any) -> None:
    context = client.app.state.context
    make_demo(context.database, Catalog.builtin(), context.settings, context.clock())
    for email, password in LOGINS:
        assert client.post("/login", data={"email": email, "password": password}).status_code == 303


def test_addresses_are_plain_and_different() -> None:
    emails = {student_email(name) for name in STUDENTS}

    assert len(emails) == len(STUDENTS)
    assert all(email.isascii() for email in emails)


def test_production_refuses_it(client: Any) -> None:
    context = client.app.state.context
    production = context.settings.model_copy(update={"environment": Environment.PRODUCTION})
    with pytest.raises(NotAllowed):
        make_demo(context.database, Catalog.builtin(), production, context.clock())
    with context.database.reading() as tx:
        assert tx.courses.by_slug("demo") is None
