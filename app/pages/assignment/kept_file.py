"""A file that a page holds while it asks something: in its form, since nothing of it may be stored before the answer.

It comes back as it came, byte for byte, so that nobody has to choose it a second time, from whatever server answers.
"""

import base64
import binascii
from dataclasses import dataclass

from starlette.datastructures import FormData

from app.errors import BadForm, BodyTooLarge
from app.uploads import FILE_FIELD, UploadedFile
from grader.translation import gettext as _

NAME_FIELD = "kept_name"
DATA_FIELD = "kept_file"
OTHER_FIELDS_BYTES = 4096
"""For the name of the file and the token of the form, which are sent back with it."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What stands in the form. data: base64."""

    name: str
    data: str


def kept(upload: UploadedFile, most_bytes: int) -> KeptFile | None:
    """The file for the form; None for one whose text in base64 would be larger than the largest upload."""
    data = base64.b64encode(upload.data).decode("ascii")
    return KeptFile(upload.filename, data) if len(data) + OTHER_FIELDS_BYTES <= most_bytes else None


def sent_back(form: FormData, most_bytes: int) -> UploadedFile | None:
    """The file that a page had kept; None where the form brings none. Raises BadForm or BodyTooLarge."""
    name, data = form.get(NAME_FIELD), form.get(DATA_FIELD)
    if not isinstance(data, str) or not isinstance(name, str):
        return None
    try:
        decoded = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadForm(_("The page has not kept the file whole. Choose it again."), FILE_FIELD) from error
    if len(decoded) > most_bytes:
        raise BodyTooLarge(most_bytes)
    return UploadedFile(name, decoded)
