"""The backup itself: a zip with a manifest, the copy of the database and the key that seeds are made from."""

import errno
import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from submissions.backups.database_copy import DatabaseCopy
from submissions.backups.key_copy import key_beside
from submissions.backups.manifest import Kept, Manifest, read_manifest
from submissions.errors import BackupRefused

MANIFEST = "manifest.json"
KEY = "secret.key"
CHUNK_BYTES = 1 << 20
MOST_MANIFEST_BYTES = 1 << 20

UNREADABLE = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError)
"""What zipfile raises for damaged archives; RuntimeError also where a flipped bit says "encrypted"."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Parts:
    """A backup unpacked and checked, in a folder that lasts as long as the block that opened it."""

    manifest: Manifest
    database: Path
    key: Path | None


def write_backup(file: Path, copy: DatabaseCopy, key: Path | None, version: str, now: datetime) -> Manifest:
    """Make the backup `file` while the service goes on, and read it back before it gets its name.

    key: the file of the secret key; None where it is kept elsewhere. Raises BackupRefused where `file` exists, or where
    what was written does not read back as what was copied.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already; a backup never overwrites a file.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as scratch:
        folder = Path(scratch)
        contents = copy.dump(folder / copy.filename)
        sources = {copy.filename: folder / copy.filename} | ({KEY: key} if key is not None else {})
        manifest = Manifest(now, version, copy.engine, contents, {name: _kept(path) for name, path in sources.items()})
        draft = folder / "draft"
        _pack(draft, manifest, sources)
        (folder / copy.filename).unlink()  # room for the copy that the check unpacks
        with opened_backup(draft, copy, folder):
            pass
        try:
            os.link(draft, file)  # whole or not at all, and never over another file
        except FileExistsError as error:
            raise BackupRefused(f"{file} exists already; a backup never overwrites a file.") from error
    return manifest


@contextmanager
def opened_backup(file: Path, copy: DatabaseCopy, scratch: Path) -> Iterator[Parts]:
    """The parts of a backup, each unpacked in a folder below `scratch` and compared with the manifest.

    Raises BackupRefused for a file that is no backup, is damaged, or is of another kind of database, and where
    `scratch` has no room for the parts, or cannot be written: that says nothing of the backup.
    """
    with ExitStack() as unpacked:
        try:
            folder = Path(unpacked.enter_context(tempfile.TemporaryDirectory(prefix=".backup.", dir=scratch)))
        except OSError as error:
            raise BackupRefused(
                f"Nothing can be unpacked in {scratch} ({error.strerror}): {file} is not checked."
            ) from error
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest_of(archive)
                if manifest.engine != copy.engine:
                    raise BackupRefused(
                        f"The backup is of a database of the kind {manifest.engine}; this one is {copy.engine}."
                    )
                known = {copy.filename, KEY}
                if not {copy.filename} <= set(manifest.files) <= known or len(archive.namelist()) != 1 + len(
                    manifest.files
                ):
                    raise BackupRefused("The backup does not hold what its manifest says.")
                for name, kept in manifest.files.items():
                    _unpack(archive, name, kept, folder / name)
        except FileNotFoundError as error:
            raise BackupRefused(f"There is no file {file}.") from error
        except UNREADABLE as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise BackupRefused(f"There is no room in {scratch} to unpack {file}: it is not checked.") from error
            raise BackupRefused(f"{file} cannot be read as a backup: {error}.") from error
        found = copy.examine(folder / copy.filename)
        if found != manifest.contents:
            raise BackupRefused("The database in the backup does not hold the rows that its manifest names.")
        key = folder / KEY
        yield Parts(manifest, folder / copy.filename, key if key.exists() else None)


def restore_backup(file: Path, copy: DatabaseCopy, key: Path, replace: bool, aside: str) -> Manifest:
    """Check the backup, then put its database and key in place; what was there is kept under names that end in `aside`.

    key: where the secret key belongs. Raises BackupRefused before anything is touched: for a bad backup, for a database
    or another key that is there without `replace`, where the disk refuses, and while somebody uses the database.
    """
    if copy.is_there() and not replace:
        raise BackupRefused("There is a database here already. With --replace it is kept aside and replaced.")
    with opened_backup(file, copy, copy.scratch()) as parts:
        other = parts.key is not None and key.exists() and key.read_bytes() != parts.key.read_bytes()
        if other and not replace:
            raise BackupRefused(f"{key} holds another key. With --replace it is kept aside and replaced.")
        new_key = parts.key if other or not key.exists() else None
        with nullcontext() if new_key is None else key_beside(new_key, key, aside):
            _put(copy, parts.database, aside)
        return parts.manifest


def _put(copy: DatabaseCopy, database: Path, aside: str) -> None:
    try:
        copy.restore(database, aside)
    except OSError as error:
        raise BackupRefused(f"The database cannot be put in place: {error.strerror}.") from error


def _pack(draft: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    draft.touch(mode=0o600, exist_ok=False)
    with draft.open("wb") as stream:
        # The fastest level: reports and sources shrink to a fifth all the same, and the copy is not held up.
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, manifest.to_bytes())
            for name, path in sources.items():
                with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target, CHUNK_BYTES)
        stream.flush()
        os.fsync(stream.fileno())


def _manifest_of(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(MANIFEST) as stream:
        return read_manifest(stream.read(MOST_MANIFEST_BYTES))


def _unpack(archive: zipfile.ZipFile, name: str, kept: Kept, to: Path) -> None:
    """Unpack one file, never more of it than the manifest says. Raises BackupRefused for other bytes."""
    digest, size = hashlib.sha256(), 0
    to.touch(mode=0o600)
    with archive.open(name) as source, to.open("wb") as target:
        for chunk in _chunks(source):
            size += len(chunk)
            if size > kept.size_bytes:
                break
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())  # it may be renamed into the place of the database
    if size != kept.size_bytes or digest.hexdigest() != kept.sha256:
        raise BackupRefused(f"{name} in the backup is not what was written: its checksum differs.")


def _kept(path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        for chunk in _chunks(stream):
            size += len(chunk)
            digest.update(chunk)
    return Kept(size, digest.hexdigest())


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk
