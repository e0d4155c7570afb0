"""What a person is in a course, as a word in a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.models import Role

WORDS: Mapping[Role, str] = MappingProxyType(
    {
        Role.STUDENT: gettext_noop("student"),
        Role.ASSISTANT: gettext_noop("assistant"),
        Role.INSTRUCTOR: gettext_noop("instructor"),
    }
)


def role_word(role: Role) -> str:
    """Student, assistant or instructor."""
    return _(WORDS[role])
