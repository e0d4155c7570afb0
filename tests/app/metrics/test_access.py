"""Metrics are closed unless they were opened, and a proxy on this machine is not this machine."""

from pathlib import Path

import pytest

from app.errors import SettingsInvalid
from app.metrics.access import may_read_metrics
from app.settings import Settings, read_settings

LOCAL = {"host": "127.0.0.1:8000"}


@pytest.fixture
def token(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("s3cret-token\n")
    return path


def test_they_are_closed_by_default() -> None:
    assert not may_read_metrics(Settings(), "127.0.0.1", LOCAL)


@pytest.mark.parametrize(
    ("client", "headers", "may"),
    [
        ("127.0.0.1", LOCAL, True),
        ("::1", {"host": "[::1]:8000"}, True),
        ("127.0.0.1", {"host": "localhost"}, True),
        ("10.0.0.7", LOCAL, False),
        ("", LOCAL, False),
        ("127.0.0.1", {"host": "grade.example.org"}, False),
        ("127.0.0.1", {"host": "127.0.0.1.example.org"}, False),
        ("127.0.0.1", LOCAL | {"x-forwarded-for": "127.0.0.1"}, False),
        ("127.0.0.1", LOCAL | {"forwarded": "for=127.0.0.1"}, False),
        ("127.0.0.1", LOCAL | {"via": "1.1 proxy"}, False),
    ],
)
def test_loopback_is_this_machine_without_a_proxy(client: str, headers: dict[str, str], may: bool) -> None:
    assert may_read_metrics(read_settings(metrics="loopback"), client, headers) is may


@pytest.mark.parametrize(
    ("sent", "may"),
    [
        ("Bearer s3cret-token", True),
        ("bearer  s3cret-token ", True),
        ("Bearer s3cret-toke", False),
        ("Bearer ", False),
        ("Basic s3cret-token", False),
        ("s3cret-token", False),
        ("Bearer \xff", False),
    ],
)
def test_the_token_opens_them_from_anywhere(token: Path, sent: str, may: bool) -> None:
    settings = read_settings(metrics="token", metrics_token_file=token)

    assert may_read_metrics(settings, "203.0.113.9", {"authorization": sent}) is may
    assert not may_read_metrics(settings, "127.0.0.1", LOCAL)


def test_a_token_that_is_gone_opens_nothing(token: Path) -> None:
    settings = read_settings(metrics="token", metrics_token_file=token)
    token.unlink()

    assert not may_read_metrics(settings, "127.0.0.1", LOCAL | {"authorization": "Bearer "})


@pytest.mark.parametrize(
    ("public_url", "fits"),
    [
        ("https://grade.example.org", False),
        ("http://10.0.0.7:8000", False),
        ("http://127.0.0.1.example.org", False),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("", True),
    ],
)
def test_loopback_is_refused_where_a_proxy_serves_everybody(public_url: str, fits: bool) -> None:
    if fits:
        assert read_settings(metrics="loopback", public_url=public_url)
    else:
        with pytest.raises(SettingsInvalid, match="use token"):
            read_settings(metrics="loopback", public_url=public_url)


def test_the_settings_belong_together(token: Path) -> None:
    for wrong in (
        {"metrics": "token"},
        {"metrics_token_file": token},
        {"metrics": "token", "metrics_token_file": "no"},
    ):
        with pytest.raises(SettingsInvalid, match="METRICS"):
            read_settings(**wrong)
