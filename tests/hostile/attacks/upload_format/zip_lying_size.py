"""A directory that says one byte where there are many."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b" " * (8 << 20))
    size = (8 << 20).to_bytes(4, "little")
    return "work.zip", data.getvalue().replace(size, (1).to_bytes(4, "little"))
