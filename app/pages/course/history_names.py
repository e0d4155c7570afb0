"""The names of whatever the events of a page of history speak of, looked up together for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from submissions.database import Transaction
from submissions.models import Course, Event
from submissions.repository.names import NamedAttempt, NamedPerson


@dataclass(frozen=True, slots=True)
class HistoryNames:
    """By the words that events have for them; what is gone is in none.

    people: by id and by address. assignments: by id and by short name. invited: by invitation, None where whoever has
    the link may use it. attempts: by submission.
    """

    people: Mapping[str, NamedPerson]
    assignments: Mapping[str, str]
    attempts: Mapping[str, NamedAttempt]
    invited: Mapping[str, str | None]
    platforms: Mapping[str, str]


def history_names(tx: Transaction, course: Course, events: Sequence[Event]) -> HistoryNames:
    """Five questions, however many events there are."""
    people = _details(events, "student") | _details(events, "email") | {one.user_id for one in events if one.user_id}
    return HistoryNames(
        tx.names.people(people),
        {word: one.title for one in tx.courses.assignments(course.id) for word in (one.id, one.slug)},
        tx.names.attempts({one.submission_id for one in events if one.submission_id}),
        tx.names.invited(_details(events, "invitation")),
        tx.names.platforms(_details(events, "platform")),
    )


def _details(events: Sequence[Event], name: str) -> set[str]:
    """What the events say under this name, where it is a word at all."""
    return {said for one in events if isinstance(said := one.detail.get(name), str)}
