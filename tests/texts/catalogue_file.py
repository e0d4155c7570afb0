"""A catalogue where the service looks for it."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.serving.languages import CATALOGUE


def put(folder: Path, tag: str, catalogue: Catalog) -> Path:
    """The folder, with the catalogue of the language `tag` in it, compiled as gettext wants it."""
    file = BytesIO()
    write_mo(file, catalogue)
    path = folder / tag / CATALOGUE
    path.parent.mkdir(parents=True)
    path.write_bytes(file.getvalue())
    return folder
