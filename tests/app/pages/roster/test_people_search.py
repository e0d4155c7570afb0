"""People are found by parts of what they are called, in any case and with or without accents."""

from datetime import UTC, datetime

import pytest

from app.pages.roster.people_search import people_found
from submissions.models import Course, Enrollment, Role, User

NOW = datetime(2026, 11, 21, tzinfo=UTC)
COURSE = Course("c", "nn", "NN", "UTC")
NAMES = {"Zoë Müller": "zm@uni.example", "Ada Novak": "ada@other.example", "Émile Straße": "e.s@uni.example"}
PEOPLE = [Enrollment(COURSE, User(name, mail, name, False, NOW), Role.STUDENT) for name, mail in NAMES.items()]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "zm ada e.s"),
        ("  ", "zm ada e.s"),
        ("muller", "zm"),
        ("MÜLLER", "zm"),
        ("mu\u0308ller", "zm"),
        ("uni.example", "zm e.s"),
        ("uni emi", "e.s"),
        ("strasse", "e.s"),
        ("novak müller", ""),
        ("%", ""),
        ("x" * 10_000, ""),
    ],
)
def test_every_word_is_in_the_name_or_the_address(words: str, found: str) -> None:
    assert " ".join(one.user.email.partition("@")[0] for one in people_found(PEOPLE, words)) == found
