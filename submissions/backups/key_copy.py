"""Puts the secret key of a backup in its place: all that can fail is done before the database is replaced."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from submissions.backups.sqlite_copy import flush
from submissions.errors import BackupRefused


@contextmanager
def key_beside(source: Path, key: Path, aside: str) -> Iterator[None]:
    """Lay `source` on the disk beside `key`, keep a key that is there under `aside`, and after the block rename it.

    After an exception in the block everything is as it was. Raises BackupRefused where the key cannot be written, and
    where it cannot be renamed: by then the database is the new one, and the key stays beside its place.
    """
    draft, old = key.with_name(f"{key.name}.{aside}.draft"), key.with_name(f"{key.name}.{aside}")
    with ExitStack() as undo:
        try:
            draft.touch(mode=0o600, exist_ok=False)
            undo.callback(draft.unlink)
            _write(source, draft)
            if key.exists():
                os.link(key, old)
                undo.callback(old.unlink)
        except OSError as error:
            raise BackupRefused(f"The key cannot be written to {key.parent}: {error.strerror}.") from error
        yield
        undo.pop_all()
    try:
        draft.replace(key)
        flush(key.parent)
    except OSError as error:
        raise BackupRefused(
            f"The database is restored, and its key is not ({error.strerror}): rename {draft} to {key}."
        ) from error


def _write(source: Path, draft: Path) -> None:
    with source.open("rb") as stream, draft.open("wb") as target:
        shutil.copyfileobj(stream, target)
        target.flush()
        os.fsync(target.fileno())
