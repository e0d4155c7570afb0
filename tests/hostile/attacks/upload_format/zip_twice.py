"""Two files of one name, of which readers choose different ones."""
import warnings
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr("main.py", b"x = 1")
            archive.writestr("main.py", b"x = 2")
    return "work.zip", data.getvalue()
