"""A name from the root of the machine."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("/tmp/left.py", b"x = 1")
        archive.writestr("main.py", b"x = 1")
    return "work.zip", data.getvalue()
