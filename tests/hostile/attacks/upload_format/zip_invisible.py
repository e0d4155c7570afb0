"""Two names that look the same."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b"x = 1")
        archive.writestr("ma\u200bin.py", b"x = 1")
    return "work.zip", data.getvalue()
