"""Bytes from a stranger to an Upload, or every reason why not. Nothing is compiled or executed here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.report import Note
from grader.translation import gettext as _
from grader.upload import SourceFile, Upload
from submissions.errors import Reason, RejectedUpload
from submissions.uploads import archive, notebook
from submissions.uploads.entry_choice import in_order
from submissions.uploads.source_text import decode

MAX_UPLOAD_BYTES = 1024 * 1024
"""The greatest upload, in bytes: what fits into the database in one row."""

MAX_NAME_CHARACTERS = 255

ENDINGS = (".py", ".ipynb", ".zip")
"""What can be uploaded, by the end of the file's name in any case."""

OTHER_ARCHIVES = (".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar")
"""What is told how else to pack it."""


@dataclass(frozen=True, slots=True)
class ReceivedUpload:
    """An accepted upload: the name to show, the bytes as they came, the text to grade, what was done to get it."""

    filename: str
    data: bytes
    upload: Upload
    notes: tuple[Note, ...]


def receive(filename: str, data: bytes) -> ReceivedUpload:
    """The upload in `data`, called `filename` by the browser; the same input always gives the same result.

    Of several files in an archive entry_choice.py says which is graded. Raises RejectedUpload with every reason.
    """
    reasons = _name_reasons(filename)
    if len(data) > MAX_UPLOAD_BYTES:
        raise RejectedUpload((*reasons, too_large(len(data))))
    if not data.strip(b" \t\r\n\f\x0b"):
        reasons.append(Reason("EMPTY", _("The file is empty; upload the file you have written.")))
    kind = _ending(filename)
    if any(reason.code == "EMPTY" for reason in reasons) or kind is None:
        raise RejectedUpload(tuple(reasons))
    shown = filename if not reasons else f"upload{kind}"
    try:
        upload, notes = _read(shown, kind, data)
    except RejectedUpload as rejected:
        raise RejectedUpload((*reasons, *rejected.reasons)) from None
    if reasons:
        raise RejectedUpload(tuple(reasons))
    return ReceivedUpload(filename, data, upload, notes)


def too_large(size_bytes: int) -> Reason:
    """The reason to refuse an upload of `size_bytes`, for whoever stops reading before the end."""
    return Reason(
        "TOO_LARGE",
        _(
            "The file has {size:,} bytes; at most {most:,} bytes (1 MiB) can be uploaded. Upload the "
            "source only, without data sets and outputs.",
            size=size_bytes,
            most=MAX_UPLOAD_BYTES,
        ),
    )


def _read(name: str, kind: str, data: bytes) -> tuple[Upload, tuple[Note, ...]]:
    if kind == ".ipynb":
        joined = notebook.join(name, data)
        entry = _notebook_name(name, {path for path, _ in joined.files})
        written = (SourceFile(path, text) for path, text in joined.files if text.strip())
        return Upload((SourceFile(entry, joined.text), *written)), joined.notes
    if kind == ".zip":
        unpacked = archive.unpack(name, data)
        files, notes = _decoded(unpacked.files)
        notebooks, left_out = _joined(unpacked.notebooks, {file.name for file in files})
        if not files and not notebooks:
            unread = [path for path in (*left_out, *unpacked.ignored) if path.lower().endswith(".ipynb")]
            raise RejectedUpload(archive.without_source(name, unread))
        if len(files) + len(notebooks) > archive.MAX_FILES:
            raise RejectedUpload((archive.too_many(name, len(files) + len(notebooks)),))
        files = in_order((*files, *notebooks), frozenset(file.name for file in notebooks))
        if left_out or unpacked.ignored:
            notes = (archive.ignored((*unpacked.ignored, *left_out)), *notes)
        if len(files) > 1:
            notes = (*notes, Note("ENTRY_CHOSEN", {"name": files[0].name, "files": len(files)}))
    else:
        files, notes = _decoded(((_python_name(name), data),))
    if not files[0].text.strip():
        raise RejectedUpload((Reason("EMPTY", _("{name} has nothing in it.", name=files[0].name)),))
    return Upload(files), notes


def _decoded(contents: tuple[tuple[str, bytes], ...]) -> tuple[tuple[SourceFile, ...], tuple[Note, ...]]:
    files: list[SourceFile] = []
    notes: list[Note] = []
    reasons: list[Reason] = []
    for name, data in contents:
        try:
            source = decode(name, data)
        except RejectedUpload as rejected:
            reasons.extend(rejected.reasons)
            continue
        files.append(SourceFile(name, source.text))
        if source.encoding is not None:
            notes.append(Note("DECODED_AS", {"name": name, "encoding": source.encoding}))
    if reasons:
        raise RejectedUpload(tuple(reasons))
    return tuple(files), tuple(notes)


def _joined(
    notebooks: tuple[tuple[str, bytes], ...], taken: set[str]
) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
    """The notebooks of an archive as modules, with what they write, and those that cannot be read."""
    files: list[SourceFile] = []
    left_out: list[str] = []
    others = taken.union(path for path, _ in notebooks)
    for path, data in notebooks:
        try:
            joined = notebook.join(path, data, _beside(path, others))
        except RejectedUpload:
            left_out.append(path)
            continue
        folder = PurePosixPath(path).parent
        written = [(str(folder / beside), text) for beside, text in joined.files if text.strip()]
        name = _notebook_name(path, taken.union(beside for beside, _ in written))
        if name in taken:
            left_out.append(path)
            continue
        found = [(name, joined.text), *((beside, text) for beside, text in written if beside not in taken)]
        taken.update(beside for beside, _ in found)
        files += (SourceFile(*each) for each in found)
    return tuple(files), tuple(left_out)


def _beside(path: str, others: Iterable[str]) -> frozenset[str]:
    """The others as a file that lies at `path` names them: those of its folder and below."""
    folder = path[: path.rfind("/") + 1]
    return frozenset(other.removeprefix(folder) for other in others if other.startswith(folder) and other != path)


def _name_reasons(filename: str) -> list[Reason]:
    reasons = []
    if len(filename) > MAX_NAME_CHARACTERS:
        sentence = _(
            "The file's name has {length} characters; at most {most} are kept. Shorten it.",
            length=len(filename),
            most=MAX_NAME_CHARACTERS,
        )
        reasons.append(Reason("BAD_NAME", sentence))
    if any(map(archive.is_unshowable, filename)) or archive.looks_like_another(filename):
        reasons.append(Reason("BAD_NAME", _("The file's name has characters that cannot be shown; rename the file.")))
    if "/" in filename or "\\" in filename:
        reasons.append(Reason("BAD_NAME", _("The file's name has a slash in it; upload it under its plain name.")))
    if _ending(filename) is None:
        sentence = _("Upload a Python file (.py), a notebook (.ipynb) or an archive (.zip).")
        if filename.lower().endswith(OTHER_ARCHIVES):
            sentence += " " + _("Other archives are not opened: pack the same files as .zip.")
        reasons.append(Reason("WRONG_TYPE", sentence))
    return reasons


def _ending(filename: str) -> str | None:
    return next((ending for ending in ENDINGS if filename.lower().endswith(ending)), None)


def _notebook_name(path: str, taken: Collection[str]) -> str:
    """What a notebook's own code goes by: its name, unless a module has that, which it may import."""
    stem = path[: -len(".ipynb")]
    return f"{stem}.py" if f"{stem}.py" not in taken else f"{stem}_notebook.py"


def _python_name(name: str) -> str:
    return PurePosixPath(name).stem + ".py" if not name.endswith(".py") else name
