"""In which order a regrade's page lists the people whose grade it changes."""

from datetime import UTC, datetime

from app.pages.classwork.regrade import largest_first
from submissions.marking import Grade
from submissions.models import User
from submissions.regrading import Difference


def changed(name: str, number: str, points: float) -> tuple[User, Difference]:
    after = Grade(points, 100.0, points, 0, 0.0, None, as_reported=True)
    user = User(number, f"{name}@example.org", name, False, datetime(2026, 9, 1, tzinfo=UTC))
    return user, Difference(number, None, after, "submission")


def test_the_largest_changes_come_first_and_equal_ones_by_name() -> None:
    given = [changed("Zoe", "1", 3.0), changed("Ada", "2", 3.0), changed("Mia", "3", -6.0)]

    assert [user.name for user, _ in largest_first(given)] == ["Mia", "Ada", "Zoe"]
