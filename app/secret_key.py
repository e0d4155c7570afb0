"""The key that grading seeds are made from: kept in a file only its owner reads, made on first use."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from app.errors import SettingsInvalid

KEY_BYTES = 32


def secret_key(path: Path) -> bytes:
    """The key in `path`, which is made with mode 0600 where it is missing.

    Raises SettingsInvalid when what is there is too short to be a key.
    """
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        _create(path)
        return secret_key(path)
    except ValueError as error:
        raise SettingsInvalid(
            (f"{path} does not hold a key: it must be {2 * KEY_BYTES} hexadecimal digits",)
        ) from error
    if len(key) < KEY_BYTES:
        raise SettingsInvalid((f"{path} holds a key of {len(key)} bytes; {KEY_BYTES} are needed",))
    return key


def _create(path: Path) -> None:
    """Write a new key, unless another process is faster: a hard link appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def grading_seed(key: bytes, submission_id: str) -> str:
    """The secret seed of a submission: "secret:" and HMAC-SHA256(key, submission id) in hexadecimal."""
    return "secret:" + hmac.new(key, submission_id.encode(), hashlib.sha256).hexdigest()
