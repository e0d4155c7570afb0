"""Spaces by the megabyte, packed into a few kilobytes."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b" " * (8 << 20))
    return "work.zip", data.getvalue()
