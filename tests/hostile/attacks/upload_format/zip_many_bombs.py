"""Many files that are small enough each."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"part{number}.py", bytes(range(32, 127)) * 1300)
            archive.writestr(f"more{number}.py", b"x = 1\n" * 10)
    return "work.zip", data.getvalue()
