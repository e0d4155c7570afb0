"""A thousand names for the same packed bytes."""
import zipfile
from io import BytesIO


def upload():
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("main.py", b"#" * (1 << 20) + b"\n")
        packed = archive.infolist()[0]
        for number in range(45):
            entry = zipfile.ZipInfo(f"more{number}.py")
            for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type", "create_version"):
                setattr(entry, field, getattr(packed, field))
            archive.filelist.append(entry)
        archive._didModify = True
    return "work.zip", data.getvalue()
