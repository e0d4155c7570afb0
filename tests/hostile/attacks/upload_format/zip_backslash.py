"""A name that leads out of the archive on another system."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b"x = 1")
        entry = zipfile.ZipInfo("other.py")
        entry.filename = "..\\..\\left.py"
        archive.writestr(entry, b"x = 1")
    return "work.zip", data.getvalue()
