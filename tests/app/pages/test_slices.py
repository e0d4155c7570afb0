"""Some of a list at a time: none twice, none left out, whatever number is asked for."""

import pytest

from app.pages.slices import slice_of


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 30, 31])
def test_following_them_shows_everything_once(count: int) -> None:
    seen: list[int] = []
    at: int | None = 1
    while at is not None:
        one = slice_of(range(count), at, most=10)
        assert one.earlier == (at - 10 if at > 1 else None)
        assert (one.last, one.total) == (at - 1 + len(one.shown), count)
        seen += one.shown
        at = one.later
    assert seen == list(range(count))


@pytest.mark.parametrize(("asked", "first"), [(-5, 1), (0, 1), (1, 1), (25, 21), (21, 21), (10**12, 21)])
def test_any_number_shows_something(asked: int, first: int) -> None:
    one = slice_of(range(25), asked, most=10)
    assert one.first == first
    assert one.shown
