"""What a person is in a course, as a word in a sentence."""

from app.permissions import ROLES
from grader.translation import gettext as _
from submissions.models import Role


def role_word(role: Role) -> str:
    """Student, assistant or instructor."""
    return _(ROLES[role])
