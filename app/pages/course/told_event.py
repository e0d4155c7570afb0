"""An event as its sentence needs it: everybody and everything in it by name, and nothing in it that cannot be said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.pages.course.history_names import HistoryNames
from app.pages.numbers import in_points, points
from app.pages.role_words import role_word
from app.pages.times import day_and_time
from grader.translation import gettext as _
from submissions.actors import COMMAND_LINE
from submissions.models import Event, Role
from submissions.repository.erasure import SCRUBBED


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event with the names around it. time_zone: of the course. now: tells which year needs no saying."""

    event: Event
    names: HistoryNames
    time_zone: str
    now: datetime

    @property
    def who(self) -> str:
        """Who did it, by the name they have now."""
        known = self.names.people.get(self.event.user_id or "")
        by = self.word("by")
        if known is not None:
            return known.name
        if by == COMMAND_LINE.name:
            return _("The command line")
        return by if by and by != SCRUBBED else _("Erased person")

    @property
    def student(self) -> str:
        """The student that it is about."""
        return self._person("student")

    @property
    def person(self) -> str:
        """Somebody in the course, or who was."""
        return self._person("email")

    @property
    def is_of_themselves(self) -> bool:
        """Whether the person is who did it."""
        known = self.names.people.get(self.word("email"))
        return known is not None and known.id == self.event.user_id

    @property
    def role(self) -> str:
        """The role that somebody has or is to have."""
        said = self.word("role")
        return role_word(Role(said)) if said in tuple(Role) else said

    @property
    def assignment(self) -> str:
        """The assignment by its title, now or when it was asked."""
        said = self.word("assignment")
        return self.names.assignments.get(said) or self.word("title") or said

    @property
    def attempt(self) -> str:
        """The submission."""
        found = self.names.attempts.get(self.event.submission_id or "")
        if found is None:
            return _("a submission that is gone")
        return _(
            "attempt {number} of {student} at {assignment}",
            number=found.number,
            student=found.student,
            assignment=found.assignment,
        )

    @property
    def invited(self) -> str:
        """For whom an invitation is; empty where it is gone."""
        said = self.word("invitation")
        if said not in self.names.invited:
            return ""
        return self.names.invited[said] or _("whoever has the link")

    @property
    def platform(self) -> str:
        """The learning management system; empty where it had no hand in it."""
        said = self.word("platform")
        return self.names.platforms.get(said) or (_("an LMS") if said else "")

    @property
    def due(self) -> str:
        """The due date on the clock of the course, as it was written down; empty where there is none."""
        said = self.word("due_at")
        try:
            local = datetime.fromisoformat(said)
        except ValueError:
            return said
        return day_and_time(local.replace(tzinfo=ZoneInfo(self.time_zone)), self.time_zone, self.now).striptags()

    def word(self, name: str) -> str:
        """What the detail says under this name; empty where that is no text."""
        said = self.event.detail.get(name)
        return said if isinstance(said, str) else ""

    def has(self, name: str) -> bool:
        """Whether the detail says something under this name, be it that it was empty."""
        return isinstance(self.event.detail.get(name), str)

    def count(self, name: str) -> int:
        """A number of the detail; 0 where it says none."""
        said = self.event.detail.get(name)
        return said if isinstance(said, int) else 0

    def points(self, name: str) -> str:
        """Points of the detail, 1 point or 12.5 points, however they are written there."""
        return in_points(self._number(name))

    def bare_points(self, name: str) -> str:
        """The same without the word."""
        return points(self._number(name))

    def _number(self, name: str) -> float:
        try:
            return float(self.event.detail.get(name) or 0.0)
        except (TypeError, ValueError):
            return 0.0

    def _person(self, name: str) -> str:
        said = self.word(name)
        known = self.names.people.get(said)
        return known.name if known is not None else _("Erased person") if said in ("", SCRUBBED) else said


Sentence = Callable[[ToldEvent], str]
