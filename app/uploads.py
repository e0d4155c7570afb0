"""A form with one file in it, read with an exact word for everything that can be wrong with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from app.errors import BadForm, BodyTooLarge, UnsupportedBody
from grader.translation import gettext as _

FILE_FIELD = "file"
MOST_FILES = 8  # enough to say "one file, please" instead of a parser's message
MOST_FIELDS = 32
FORM_KINDS = ("multipart/form-data", "application/x-www-form-urlencoded")
SHOWN_CHARACTERS = 60  # of a name somebody else chose


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as the browser or script sent it; both are untrusted."""

    filename: str
    data: bytes


@asynccontextmanager
async def read_form(request: Request) -> AsyncIterator[FormData]:
    """The form in the body; its files are closed at the end.

    Raises UnsupportedBody for another kind of body, BodyTooLarge over the limit.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORM_KINDS:
        raise UnsupportedBody(
            _("Send a form: the body must be {kind} or {other}.", kind=FORM_KINDS[0], other=FORM_KINDS[1])
        )
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
        yield form


async def one_file(form: FormData, most_bytes: int) -> UploadedFile:
    """The one file of the form, in the field `file`. Raises BadForm, which names the field to use, or BodyTooLarge."""
    files = [(name, value) for name, value in form.multi_items() if isinstance(value, UploadFile)]
    chosen = [value for name, value in files if name == FILE_FIELD]
    if len(files) > 1:
        raise BadForm(_("Send exactly one file, in the field `file`. Several modules go into one .zip."), FILE_FIELD)
    if not chosen:
        if files:
            raise BadForm(
                _("The file came in the field `{field}`; the field is called `file`.", field=_shown(files[0][0])),
                FILE_FIELD,
            )
        if FILE_FIELD in form:
            raise BadForm(_("The field `file` came as text; send it as a file, with a file name."), FILE_FIELD)
        raise BadForm(_("There is no file in the form; send one in the field `file`."), FILE_FIELD)
    filename = chosen[0].filename or ""
    if not filename.strip():
        raise BadForm(_("Choose a file first: the field `file` came without a file name."), FILE_FIELD)
    if (chosen[0].size or 0) > most_bytes:
        raise BodyTooLarge(most_bytes)
    return UploadedFile(filename, await chosen[0].read())


def _shown(name: str) -> str:
    cut = name[:SHOWN_CHARACTERS]
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cut)
