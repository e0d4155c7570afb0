"""Which column of a list of people is what, by the heads that people write and that learning management systems export.

Canvas, a gradebook: Student ("Novak, Ada"), ID, SIS Login ID, ..., and lines that are about nobody. Moodle: First name,
Last name (Surname before 4.0), Email address, Roles. Brightspace: Last Name, First Name, Username, Email.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.gradebooks.cells import plain
from submissions.models import Role

# Each: what a cell is, and the heads it stands under, the surest first.
EMAIL = ("email", "e-mail", "mail", "email address", "e-mail address")
LOGIN = ("sis login id", "login id", "username", "user name")
NAME = ("name", "full name", "fullname", "display name", "student", "student name")
FIRST = ("first name", "firstname", "given name")
LAST = ("last name", "lastname", "surname", "family name")
ROLE = ("role", "roles", "course role")
READ = (*EMAIL, *LOGIN, *NAME, *FIRST, *LAST, *ROLE)
CANVAS = "student"  # under this head the family name comes first
CANVAS_FURNITURE = ("points possible", "student, test", "test student")

_ASSISTANTS = ("assistant", "ta", "teaching assistant", "non-editing teacher", "tutor", "grader")
_INSTRUCTORS = ("instructor", "teacher", "lecturer", "professor")
ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        **dict.fromkeys(("student", "learner"), Role.STUDENT),
        **dict.fromkeys(_ASSISTANTS, Role.ASSISTANT),
        **dict.fromkeys(_INSTRUCTORS, Role.INSTRUCTOR),
    }
)


@dataclass(frozen=True, slots=True)
class Cells:
    """What a line says of a person, each as it stands there; `role` empty where it says none."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a list, in lower case."""

    columns: tuple[str, ...]

    @property
    def has_addresses(self) -> bool:
        """Whether a column is for e-mail addresses, and not only for logins that may be some."""
        return any(column in EMAIL for column in self.columns)

    def unread(self, row: Sequence[str]) -> tuple[str, ...]:
        """The heads in the first row, as they are written there, of columns that nothing here has a place for."""
        return tuple(
            head.strip() for head, column in zip(row, self.columns, strict=True) if column and column not in READ
        )

    def cells(self, row: Sequence[str]) -> Cells:
        """What the row says."""
        name = self._first(row, NAME)
        parts = [part for part in (self._first(row, FIRST), self._first(row, LAST)) if part]
        if parts and not name:
            name = " ".join(parts)
        elif CANVAS in self.columns and name.count(",") == 1:
            last, first = (part.strip() for part in name.split(","))
            name = f"{first} {last}"
        login = self._first(row, LOGIN)
        email = self._first(row, EMAIL) or (login if "@" in login else "")
        return Cells(name, email, self._first(row, ROLE))

    def is_furniture(self, row: Sequence[str]) -> bool:
        """Whether a line of a gradebook is about nobody: points possible, the test student, how grades are posted."""
        if CANVAS not in self.columns or self._first(row, EMAIL) or self._first(row, LOGIN):
            return False
        name = self._first(row, (CANVAS,)).lower()
        return not name or name.startswith(CANVAS_FURNITURE)

    def _first(self, row: Sequence[str], names: Sequence[str]) -> str:
        for name in names:
            for column, cell in zip(self.columns, row, strict=False):
                if column == name and cell.strip():
                    return plain(cell.strip())
        return ""


PLAIN = Heads(("name", "email", "role"))
"""A list without heads."""


def heads_of(row: Sequence[str]) -> Heads | None:
    """The heads in the first row; None where it is a person."""
    columns = tuple(cell.strip().lower() for cell in row)
    named = any(column in (*EMAIL, *LOGIN) for column in columns)
    return Heads(columns) if named and not any("@" in column for column in columns) else None


def role_of_words(said: str) -> Role | None:
    """The role in a cell, the highest of several; student for an empty cell, None for a word that is no role."""
    words = [word.strip() for word in said.lower().split(",") if word.strip()]
    roles = [ROLE_WORDS.get(word) for word in words]
    highest = Role.STUDENT
    for role in roles:
        if role is None:
            return None
        highest = role if role.at_least(highest) else highest
    return highest
