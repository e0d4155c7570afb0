"""Names that lead out of the archive."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../left.py", b"x = 1")
        archive.writestr("main.py", b"x = 1")
    return "work.zip", data.getvalue()
