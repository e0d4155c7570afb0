"""Settings come from the environment, say what is wrong with them, and are documented."""

from pathlib import Path

import pytest

from app.errors import SettingsInvalid
from app.settings import Environment, SandboxLevel, Settings, read_settings
from app.settings_table import settings_table


def test_the_defaults_listen_to_this_machine_only() -> None:
    settings = read_settings()

    assert settings.host == "127.0.0.1"
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.sandbox is SandboxLevel.AUTO
    assert settings.public_origin == "http://127.0.0.1:8000"
    assert not settings.secure_cookies


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_PORT", "9000")
    monkeypatch.setenv("CHAINRULE_ASSIGNMENT_DIRS", '["/one", "/two"]')
    settings = read_settings()

    assert settings.port == 9000
    assert settings.assignment_dirs == (Path("/one"), Path("/two"))


def test_an_argument_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_PORT", "9000")

    assert read_settings(port=9001, host=None).port == 9001


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_PORT", "99999")
    monkeypatch.setenv("CHAINRULE_SANDBOX", "none")
    monkeypatch.setenv("CHAINRULE_PUBLIC_URL", "grade.example.org")
    with pytest.raises(SettingsInvalid) as caught:
        read_settings()

    said = " ".join(caught.value.reasons)
    assert len(caught.value.reasons) == 3
    assert all(name in said for name in ("CHAINRULE_PORT", "CHAINRULE_SANDBOX", "CHAINRULE_PUBLIC_URL"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("upload_max_bytes", 2**30),
        ("log_level", "LOUD"),
        ("worker_slots", 0),
        ("host", ""),
        ("login_pause_seconds", 1e300),
        ("grading_wall_seconds", float("inf")),
    ],
)
def test_nonsense_is_refused(name: str, value: object) -> None:
    with pytest.raises(SettingsInvalid):
        read_settings(**{name: value})


def test_production_refuses_the_unsafe_sandbox() -> None:
    with pytest.raises(SettingsInvalid, match="unsafe"):
        read_settings(environment="production", sandbox="unsafe")


def test_an_https_address_makes_cookies_secure() -> None:
    settings = read_settings(public_url="https://grade.example.org/")

    assert settings.secure_cookies
    assert settings.public_origin == "https://grade.example.org"


def test_an_ipv6_address_is_written_in_brackets() -> None:
    assert read_settings(host="::1").public_origin == "http://[::1]:8000"


def test_the_database_is_in_the_data_folder(tmp_path: Path) -> None:
    assert read_settings(data_dir=tmp_path).database == f"sqlite:///{tmp_path}/chainrule.sqlite3"
    assert read_settings(data_dir=tmp_path, database_url="sqlite:////x.db").database == "sqlite:////x.db"


def test_files_are_kept_no_longer_than_a_calendar_goes_back() -> None:
    assert read_settings(keep_files_days=36_500).keep_files_days == 36_500
    with pytest.raises(SettingsInvalid, match="KEEP_FILES_DAYS"):
        read_settings(keep_files_days=1_000_000)


def test_every_setting_is_described() -> None:
    table = settings_table()

    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"`CHAINRULE_{name.upper()}`" in table


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text("hunter2\n")
    return file


def test_secrets_are_read_from_their_files(secret: Path) -> None:
    mail = read_settings(smtp_host="m.example.org", mail_from="a@b.org", smtp_user="u", smtp_password_file=secret)
    provider = read_settings(
        oidc_issuer="https://login.example.org", oidc_client_id="c", oidc_client_secret_file=secret
    )

    assert mail.smtp_password == "hunter2"
    assert provider.oidc_client_secret == "hunter2"
    assert "hunter2" not in repr(mail) + repr(provider)
    assert (read_settings().smtp_password, read_settings().oidc_client_secret) == ("", "")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"smtp_host": "m.example.org"}, "CHAINRULE_MAIL_FROM"),
        ({"smtp_host": "m.example.org", "mail_from": "nobody"}, "an e-mail address"),
        ({"mail_from": "a@b.org\nBcc: c@d.org"}, "an e-mail address"),
        ({"smtp_user": "u"}, "need each other"),
        ({"smtp_user": "u", "smtp_password_file": "/nowhere"}, "cannot be read"),
        ({"smtp_security": "perhaps"}, "CHAINRULE_SMTP_SECURITY"),
        ({"oidc_issuer": "https://login.example.org"}, "CHAINRULE_OIDC_CLIENT_ID"),
        ({"oidc_client_id": "c"}, "CHAINRULE_OIDC_ISSUER"),
        ({"oidc_issuer": "http://login.example.org", "oidc_client_id": "c"}, "https://"),
        ({"oidc_issuer": "https://login.example.org?x=1", "oidc_client_id": "c"}, "https://"),
        ({"oidc_issuer": "login.example.org", "oidc_client_id": "c"}, "https://"),
        ({"oidc_domains": ["@example.org"]}, "domains such as"),
    ],
)
def test_mail_and_sign_on_are_complete_or_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsInvalid, match=said):
        read_settings(**settings)


def test_a_password_is_never_sent_in_the_clear(secret: Path) -> None:
    with pytest.raises(SettingsInvalid, match="in the clear"):
        read_settings(
            smtp_host="m.example.org",
            mail_from="a@b.org",
            smtp_user="u",
            smtp_password_file=secret,
            smtp_security="none",
        )


def test_an_empty_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SettingsInvalid, match="is empty"):
        read_settings(
            oidc_issuer="https://l.example.org", oidc_client_id="c", oidc_client_secret_file=tmp_path / "empty"
        )


def test_domains_are_compared_in_lower_case() -> None:
    assert read_settings(oidc_domains=["Example.ORG"]).oidc_domains == ("example.org",)


def test_a_misspelt_setting_is_named_with_the_one_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_PROT", "9000")
    monkeypatch.setenv("CHAINRULE_NOTHING_LIKE_IT_AT_ALL", "x")
    with pytest.raises(SettingsInvalid) as caught:
        read_settings()

    assert caught.value.reasons == (
        "CHAINRULE_NOTHING_LIKE_IT_AT_ALL: there is no such setting",
        "CHAINRULE_PROT: there is no such setting; is CHAINRULE_PORT meant?",
    )


def test_a_list_that_is_none_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_OIDC_DOMAINS", "example.org")
    with pytest.raises(SettingsInvalid) as caught:
        read_settings()

    assert caught.value.reasons == ('CHAINRULE_OIDC_DOMAINS: write a JSON list, such as ["one", "two"]',)


WRONG: dict[str, tuple[str, ...]] = {
    "environment": ("test",),
    "host": (),
    "data_dir": (),
    "database_url": (),
    "secret_key_file": (),
    "public_url": ("grade.example.org",),
    "assignments": (),
    "assignment_dirs": ("x", "{}"),
    "oidc_domains": ("x",),
    "oidc_issuer": ("http://login.example.org", "x"),
    "oidc_client_id": ("x",),
    "oidc_client_secret_file": ("/nowhere",),
    "oidc_name": (),
    "translations": (),
    "smtp_host": ("mail.example.org",),
    "smtp_security": ("ssl",),
    "smtp_user": ("x",),
    "smtp_password_file": ("/nowhere",),
    "mail_from": ("nobody",),
    "otlp_endpoint": ("collector:4318",),
    "log_level": ("LOUD",),
    "log_format": ("xml",),
    "sandbox": ("none",),
    "metrics": ("yes", "token"),
    "metrics_token_file": ("/nowhere",),
}
"""Values that no start may accept; () for settings whose value is proven where it is used."""


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_checked_at_the_start(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """One line for each value, which names the variable. Numbers and switches are checked without being listed."""
    numeric = Settings.model_fields[name].annotation in (int, float, bool, int | None)
    wrong = WRONG.get(name, ("x", "-1e9") if numeric else None)
    assert wrong is not None, f"say in WRONG what {name} must refuse"
    for value in wrong:
        monkeypatch.setenv(f"CHAINRULE_{name.upper()}", value)
        with pytest.raises(SettingsInvalid) as caught:
            read_settings()
        assert len(caught.value.reasons) == 1
        assert f"CHAINRULE_{name.upper()}" in caught.value.reasons[0]
        assert "\n" not in caught.value.reasons[0]
