"""A file in JSON, for programs that send no forms."""

import base64
import binascii

from pydantic import ConfigDict, Field

from app.api.course_schema import Sent
from app.errors import BadForm, BodyTooLarge
from app.uploads import UploadedFile
from grader.translation import gettext as _


class FileIn(Sent):
    """A file in JSON: its `text`, or its bytes as `base64`."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"examples": [{"filename": "a1.py", "text": "x = 1\n"}]}
    )

    filename: str = Field(min_length=1, max_length=255)
    text: str | None = None
    base64: str | None = None

    def uploaded(self, most_bytes: int) -> UploadedFile:
        """The file. Raises BadForm or BodyTooLarge."""
        if (self.text is None) == (self.base64 is None):
            raise BadForm(_("Send the file as `text` or as `base64`, one of the two."), "text")
        try:
            data = (self.text or "").encode() if self.base64 is None else base64.b64decode(self.base64, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadForm(_("This is not base64."), "base64") from error
        if len(data) > most_bytes:
            raise BodyTooLarge(most_bytes)
        return UploadedFile(self.filename, data)
