"""Every verdict has an icon, and every icon is drawn."""

from pathlib import Path

import pytest

import app.pages
from app.pages.verdicts import ICONS, SHARE_ICONS, Share, share, tone
from grader.report import Score, Verdict

DRAWN = (Path(str(app.pages.__file__)).parent / "templates" / "icons.html").read_text()


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_an_icon_that_is_drawn(verdict: Verdict) -> None:
    assert f'"{ICONS[verdict]}":' in DRAWN


@pytest.mark.parametrize("earned", Share)
def test_every_share_has_an_icon_that_is_drawn(earned: Share) -> None:
    assert f'"{SHARE_ICONS[earned]}":' in DRAWN


def test_only_passing_is_good() -> None:
    assert {verdict for verdict in Verdict if tone(verdict) == "good"} == {Verdict.PASSED}


@pytest.mark.parametrize(
    ("given", "maximum", "earned"),
    [(8, 8, Share.FULL), (8.0000001, 8, Share.FULL), (0, 0, Share.FULL), (1, 8, Share.SOME), (0, 8, Share.NONE)],
)
def test_shares(given: float, maximum: float, earned: Share) -> None:
    assert share(Score(given, maximum)) is earned
