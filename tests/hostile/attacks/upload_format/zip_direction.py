"""A name that is shown backwards."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("\u202eyp.niam.py", b"x = 1")
        archive.writestr("main.py", b"x = 1")
    return "work.zip", data.getvalue()
