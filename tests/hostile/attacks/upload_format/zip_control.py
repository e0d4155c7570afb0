"""A name that clears the terminal."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("\x1b[2Jmain.py", b"x = 1")
    return "work.zip", data.getvalue()
