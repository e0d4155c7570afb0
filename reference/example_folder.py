"""Writes the example assignment under a name of the instructor's, as the beginning of an own one."""

import shutil
from pathlib import Path

from reference.errors import FolderRefused
from reference.spec_rules import SLUG

EXAMPLE = Path(__file__).parent / "example"
PLACEHOLDER = "SLUG"


def write_example(slug: str, into: Path) -> Path:
    """The folder made. Raises FolderRefused for a slug of another form, a folder that is there, or one not writable."""
    if not SLUG.fullmatch(slug):
        raise FolderRefused(f"the slug {slug!r} is not lower-case words joined by hyphens, such as my-first-layer")
    folder = into / slug
    if folder.exists() or folder.is_symlink():
        raise FolderRefused(f"{folder} is there already; choose another slug or remove it")
    try:
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        asked = folder / "assignment.py"
        asked.write_text(asked.read_text(encoding="utf-8").replace(f'"{PLACEHOLDER}"', f'"{slug}"'), encoding="utf-8")
    except OSError as error:
        raise FolderRefused(f"{folder} cannot be written: {error}") from error
    return folder
