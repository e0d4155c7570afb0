"""A zip archive to its Python files, in memory and under caps: nothing is written, followed or unpacked twice."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from struct import error as struct_error
from unicodedata import category

from grader.report import Note
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.errors import Reason, RejectedUpload

MAX_FILES = 50
MAX_UNPACKED_BYTES = 4 * 1024 * 1024
MAX_NOTEBOOK_BYTES = 2 * 1024 * 1024
"""Of all notebooks together: their pictures are most of them, and reading one takes fifty times its size."""

MAX_RATIO = 200
"""Unpacked over packed bytes. Python source packs about 4:1, generated tables of numbers hardly better than 50:1."""

_RATIO_FREE_BYTES = 64 * 1024  # a small file of one repeated character harms nobody
_CHUNK_BYTES = 64 * 1024
_NAME_CHARACTERS = 255
_NAME_BYTES = 2 * _NAME_CHARACTERS  # as UTF-8: all names together have to fit into one message to the sandbox

# Characters that turn the direction of text: a name could be shown as what it is not.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What shows nothing of its own: two names with it look like one. Joiners, and what chooses the form of the character
# before it, show something behind a character that ASCII has not (Persian, emoji), and in the keys of a telephone.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u2060-\u206f\u2800\u3164\ufeff\uffa0]"
    "|(?:(?<![^\x00-\x7f])|(?<=[\u200c\u200d]))[\u200c\u200d]|(?<![^\x00-\x7f])[\ufe00-\ufe0f](?!\u20e3)"
)

_SHOWN = 20
_ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar", ".whl", ".egg")  # .gz: data
_SOURCES = (".py", ".ipynb")
_FOLDER_PICTURE = "Icon\r"  # what a Mac calls the picture of a folder
_OF_TOOLS = frozenset(
    {_FOLDER_PICTURE, "__MACOSX", "__pycache__", "venv", "virtualenv", "site-packages", "node_modules"}
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

# What zipfile raises on bytes that are not quite a zip archive.
_MALFORMED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct_error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    IndexError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Python files and notebooks by their path, without a folder that holds them all, sorted; names of what is neither.

    A notebook that is too large is among the ignored: its pictures are no work.
    """

    files: tuple[tuple[str, bytes], ...]
    notebooks: tuple[tuple[str, bytes], ...]
    ignored: tuple[str, ...]


def unpack(name: str, data: bytes) -> Unpacked:
    """The Python files of the archive called `name`.

    Raises RejectedUpload with every reason: BAD_ZIP, ZIP_UNSAFE_NAME, ZIP_LINK, ZIP_ENCRYPTED, ZIP_NESTED,
    ZIP_DUPLICATE, ZIP_TOO_MANY, ZIP_TOO_LARGE, ZIP_NO_PYTHON.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unpack(name, archive)
    except _MALFORMED:
        raise RejectedUpload(
            (Reason("BAD_ZIP", _("{name} is not a zip archive that can be read; pack it again.", name=name)),)
        ) from None


def is_unshowable(character: str) -> bool:
    """Whether a name with this character could not be shown, or be shown as another."""
    return category(character) in ("Cc", "Cs") or character in _DIRECTION


def looks_like_another(name: str) -> bool:
    """Whether a name has a character that shows nothing: another name looks the same."""
    return _INVISIBLE.search(name) is not None


def is_too_long(path: str) -> bool:
    """Whether a path has more characters, or more bytes, than one of the work needs."""
    return len(path) > _NAME_CHARACTERS or len(path.encode("utf-8", "surrogatepass")) > _NAME_BYTES


def ignored(names: Sequence[str]) -> Note:
    """What the report says of files that are not looked at."""
    return Note("FILES_IGNORED", {"count": len(names), "names": [said[:120] for said in names[:_SHOWN]]})


def too_many(name: str, count: int) -> Reason:
    """The reason to refuse an archive of so many Python files, those that its notebooks write among them."""
    sentence = _(
        "{name} has {count} Python files; at most {most} can be graded.", name=name, count=count, most=MAX_FILES
    )
    return Reason("ZIP_TOO_MANY", sentence)


def without_source(name: str, notebooks: Sequence[str]) -> tuple[Reason]:
    """The reason to refuse an archive that has nothing to grade."""
    sentence = _("{name} has no .py file in it.", name=name)
    if notebooks:
        sentence += " " + _("Upload the notebook {names} itself.", names=_some(notebooks))
    return (Reason("ZIP_NO_PYTHON", sentence),)


def _unpack(name: str, archive: zipfile.ZipFile) -> Unpacked:
    entries = [entry for entry in archive.infolist() if not _path(entry).endswith("/")]
    reasons = _unsafe(name, entries)
    visible = [entry for entry in entries if not _is_hidden(entry)]
    python, notebooks = ([entry for entry in visible if _path(entry).lower().endswith(end)] for end in _SOURCES)
    others = [_path(entry) for entry in visible if not _path(entry).lower().endswith(_SOURCES)]
    paths = _without_top_folder([_parts(entry) for entry in (*python, *notebooks)])
    reasons += _uncountable(name, paths)
    if reasons:
        raise RejectedUpload(tuple(reasons))
    contents = _read(name, archive, python)
    left = min(MAX_NOTEBOOK_BYTES, MAX_UNPACKED_BYTES - sum(map(len, contents)))
    joined, too_large = _read_notebooks(archive, notebooks, left)
    known = dict(zip((_path(entry) for entry in (*python, *notebooks)), paths, strict=True))
    return Unpacked(
        tuple(sorted(zip(paths, contents, strict=False))),
        tuple(sorted((known[path], data) for path, data in joined)),
        (*others, *too_large),
    )


def _unsafe(name: str, entries: list[zipfile.ZipInfo]) -> list[Reason]:
    """Reasons that lie in what an entry is or is called, whether it would be kept or not."""
    kinds = (
        (
            "ZIP_UNSAFE_NAME",
            _is_unsafe,
            gettext_noop("{name} has names that lead out of it or cannot be shown: {names}."),
        ),
        ("ZIP_LINK", _is_special, gettext_noop("{name} has links or devices in it: {names}.")),
        ("ZIP_ENCRYPTED", _is_encrypted, gettext_noop("{name} has encrypted files in it: {names}.")),
        ("ZIP_NESTED", _is_archive, gettext_noop("{name} has archives in it; pack the files themselves: {names}.")),
    )
    found = []
    for code, is_so, says in kinds:
        names = [entry.orig_filename for entry in entries if is_so(entry)]
        if names:
            found.append(Reason(code, _(says, name=name, names=_some(names))))
    return found


def _uncountable(name: str, paths: list[str]) -> list[Reason]:
    reasons = []
    twice = sorted({path for path in paths if paths.count(path) > 1}) if len(paths) <= MAX_FILES else []
    if twice:
        reasons.append(
            Reason("ZIP_DUPLICATE", _("{name} has two files of the same name: {names}.", name=name, names=_some(twice)))
        )
    if len(paths) > MAX_FILES:
        reasons.append(too_many(name, len(paths)))
    if not paths:
        reasons += without_source(name, [])
    return reasons


def _read(
    name: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], left: int = MAX_UNPACKED_BYTES
) -> list[bytes]:
    """The bytes of each entry, counted as they come: what the directory says of sizes is a stranger's word."""
    contents = []
    for entry in entries:
        if entry.compress_type not in _METHODS:
            sentence = _("{name} is packed by a method that is not read; pack it again as a usual zip.", name=name)
            raise RejectedUpload((Reason("BAD_ZIP", sentence),))
        allowed = max(_RATIO_FREE_BYTES, MAX_RATIO * entry.compress_size)
        content = bytearray()
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK_BYTES):
                content += chunk
                if len(content) > min(left, allowed):
                    raise RejectedUpload((_too_large(name, entry),))
        left -= len(content)
        contents.append(bytes(content))
    return contents


def _read_notebooks(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], left: int
) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Paths and bytes of the notebooks that fit, and the paths of those that do not."""
    contents: list[tuple[str, bytes]] = []
    too_large: list[str] = []
    for entry in entries:
        try:
            (data,) = _read("", archive, [entry], left)
        except RejectedUpload:
            too_large.append(_path(entry))
            continue
        left -= len(data)
        contents.append((_path(entry), data))
    return contents, too_large


def _too_large(name: str, entry: zipfile.ZipInfo) -> Reason:
    return Reason(
        "ZIP_TOO_LARGE",
        _(
            "{name} unpacks to more than {most:,} bytes, or {entry} in it to more than {ratio} times its packed size.",
            name=name,
            most=MAX_UNPACKED_BYTES,
            entry=_some([entry.filename]),
            ratio=MAX_RATIO,
        ),
    )


def _path(entry: zipfile.ZipInfo) -> str:
    """An entry's path; some programs of Windows write it with backslashes."""
    return entry.filename.replace("\\", "/")


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    return PurePosixPath(_path(entry)).parts


def _without_top_folder(paths: list[tuple[str, ...]]) -> list[str]:
    """Paths without the one folder that holds all, unless that folder is a package, whose name imports need."""
    tops = {path[0] for path in paths}
    if len(tops) == 1 and all(len(path) > 1 for path in paths) and (*tops, "__init__.py") not in paths:
        paths = [path[1:] for path in paths]
    return ["/".join(path) for path in paths]


def _is_hidden(entry: zipfile.ZipInfo) -> bool:
    return any(part.startswith(".") or part in _OF_TOOLS for part in _parts(entry))


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    said = entry.orig_filename.replace("\\", "/").removesuffix(f"/{_FOLDER_PICTURE}")
    return (
        said.startswith("/")
        or said[1:2] == ":"
        or ".." in said.split("/")
        or is_too_long(said)
        or any(map(is_unshowable, said))
        or (said.lower().endswith(_SOURCES) and looks_like_another(said))
    )


def _is_special(entry: zipfile.ZipInfo) -> bool:
    mode = stat.S_IFMT(entry.external_attr >> 16)
    return mode not in (0, stat.S_IFREG, stat.S_IFDIR)


def _is_encrypted(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & 0x1)


def _is_archive(entry: zipfile.ZipInfo) -> bool:
    return _path(entry).lower().endswith(_ARCHIVES) and not _is_hidden(entry)


def _some(names: Iterable[str]) -> str:
    """A few names as they can be shown: escaped, cut, and how many more there are."""
    listed = list(names)
    shown = ", ".join(ascii(name[:80])[1:-1] if not name.isprintable() else name[:80] for name in listed[:3])
    return shown if len(listed) <= 3 else _("{names} and {n} more", names=shown, n=len(listed) - 3)
