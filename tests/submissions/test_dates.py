"""Moments in sentences: the day without a zero before it, the month in the reader's language."""

from datetime import UTC, datetime

from grader.translation import spoken
from submissions.dates import MONTHS, date_in_words, moment_in_words
from tests.fakes.bracketed import Bracketed

MOMENT = datetime(2027, 3, 5, 9, 7, tzinfo=UTC)


def test_a_moment_is_told_to_the_minute() -> None:
    assert moment_in_words(MOMENT) == "5 March 2027 at 09:07 UTC"


def test_every_month_is_the_one_of_the_calendar() -> None:
    for month, name in enumerate(MONTHS, 1):
        assert f"{MOMENT.replace(month=month):%B}" == name


def test_the_month_is_said_in_the_readers_language() -> None:
    with spoken(Bracketed()):
        assert date_in_words(MOMENT) == "[5 [March] 2027]"
