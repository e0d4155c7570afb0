"""A device that never ends, kept as the main file."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("main.py")
        entry.external_attr = 0o020666 << 16
        archive.writestr(entry, b"")
    return "work.zip", data.getvalue()
