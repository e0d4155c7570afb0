"""A form of the page of a submission that could not be saved: what was typed, and what is wrong with it."""

import math
from dataclasses import dataclass

from starlette.datastructures import FormData

from app.errors import BadForm
from app.pages.form_fields import typed


@dataclass(frozen=True, slots=True)
class UnsavedMark:
    """The form as it was sent: "comment", "override" or "question", and empty where nothing was sent."""

    form: str = ""
    problem: str = ""
    field: str = ""
    text: str = ""
    points: str = ""
    comment: str = ""
    part: str = ""
    question: str = ""

    @property
    def is_number(self) -> bool:
        """Whether a field for numbers can show what was typed as points: others it leaves empty."""
        try:
            return math.isfinite(float(self.points))
        except ValueError:
            return False

    @property
    def place(self) -> str:
        """The id of the field that is to blame."""
        return f"{self.form}-{self.field}"


NOTHING_UNSAVED = UnsavedMark()


def unsaved_mark(name: str, form: FormData, error: BadForm) -> UnsavedMark:
    """What the form `name` held when `error` was raised."""
    kept = {field: typed(form, field) for field in ("text", "points", "comment", "part", "question")}
    return UnsavedMark(name, error.sentence, error.field or "", **kept)
