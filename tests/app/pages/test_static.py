"""Static files: the vendored ones are those whose hashes are written down; styles keep to the policy."""

import hashlib
import re
from pathlib import Path

from app.pages.render import STATIC_FOLDER, static_url

VENDOR = STATIC_FOLDER / "vendor"
ROW = re.compile(r"^\| (?P<file>\S+) \| (?P<package>\S+) \| (?P<version>\S+) \| (?P<sha256>[0-9a-f]{64}) \|$", re.M)
MOST_VENDOR_BYTES = 400_000


def test_vendored_files_are_the_ones_written_down() -> None:
    written = {row["file"]: row["sha256"] for row in ROW.finditer((VENDOR / "README.md").read_text())}
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.woff2")}
    assert written == there
    assert there


def test_vendored_files_are_small_and_carry_their_licences() -> None:
    assert sum(path.stat().st_size for path in VENDOR.iterdir()) < MOST_VENDOR_BYTES
    for licence in ("inter.LICENSE.txt", "jetbrains-mono.LICENSE.txt"):
        assert "SIL OPEN FONT LICENSE" in (VENDOR / licence).read_text()


def test_styles_load_nothing_from_elsewhere_and_only_files_that_are_there() -> None:
    for sheet in STATIC_FOLDER.glob("*.css"):
        for target in re.findall(r"url\(\"?([^)\"]+)", sheet.read_text()):
            assert (STATIC_FOLDER / target).is_file(), (sheet.name, target)
        assert "@import" not in sheet.read_text()


def test_every_rule_is_closed() -> None:
    for sheet in STATIC_FOLDER.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)
        assert text.count("{") == text.count("}"), sheet.name


def test_addresses_change_with_the_content() -> None:
    name, _, digest = static_url("tokens.css").partition("?v=")
    assert name == "/static/tokens.css"
    assert hashlib.sha256(Path(STATIC_FOLDER / "tokens.css").read_bytes()).hexdigest().startswith(digest)


def test_every_class_that_is_styled_is_used() -> None:
    pages = STATIC_FOLDER.parent
    sources = [*pages.glob("templates/*.html"), *pages.rglob("*.py")]
    words = set(re.findall(r"[\w-]+", "\n".join(path.read_text() for path in sources)))
    numbered = re.compile(r"[fi][0-4]|d[1-4]|o[12]")  # colours whose number is worked out
    for sheet in STATIC_FOLDER.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(), flags=re.S)
        styled = set(re.findall(r"\.([a-zA-Z][\w-]*)(?=[^{}]*\{)", rules))
        unused = {name for name in styled - words if not numbered.fullmatch(name)}
        assert unused == set(), sheet.name
