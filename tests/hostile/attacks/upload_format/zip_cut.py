"""An archive that ends in the middle."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("main.py", b"x = 1")
    return "work.zip", data.getvalue()[:-10]
