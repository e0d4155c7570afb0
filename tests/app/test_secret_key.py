"""The key is made once, only its owner reads it, and seeds follow from it."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import SettingsInvalid
from app.secret_key import grading_seed, secret_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    key = secret_key(path)

    assert len(key) == 32
    assert secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_many_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path / "secret.key"), range(16)))

    assert len(keys) == 1


@pytest.mark.parametrize("content", ["", "abcd", "no hexadecimal"])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secret.key"
    path.write_text(content)
    with pytest.raises(SettingsInvalid):
        secret_key(path)


def test_seeds_are_secret_stable_and_different() -> None:
    seed = grading_seed(b"k" * 32, "one")

    assert seed == grading_seed(b"k" * 32, "one")
    assert seed.startswith("secret:")
    assert len({seed, grading_seed(b"k" * 32, "two"), grading_seed(b"K" * 32, "one")}) == 3
