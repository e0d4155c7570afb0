"""An archive in an archive."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b"x = 1")
        archive.writestr("inner.zip", b"PK")
    return "work.zip", data.getvalue()
