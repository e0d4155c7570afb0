"""The Compose files, checked without an engine: what they name exists, what they promise is set."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.commands.serving import DRAIN_SECONDS
from app.gradings.grading_child import STOP_SECONDS
from app.settings import PREFIX, Settings, read_settings

ROOT = Path(__file__).parents[2]
FILES = ("compose.yaml", "deploy/compose.yaml")
OURS = ("web", "worker", "chainrule")
"""Services of our own image."""


def compose(file: str) -> Any:
    return yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


def names(value: Any) -> list[str]:
    return list(value) if value else []


@pytest.mark.parametrize("file", FILES)
def test_what_is_named_is_there(file: str) -> None:
    made = compose(file)
    services = made["services"]
    for service in services.values():
        volumes = [volume.split(":")[0] for volume in service.get("volumes", [])]
        kept = [volume for volume in volumes if not volume.startswith(".")]
        assert set(kept) <= set(names(made.get("volumes")))
        assert all((ROOT / file).parent.joinpath(volume).exists() for volume in volumes if volume.startswith("."))
        assert set(names(service.get("networks"))) <= set(names(made.get("networks")))
        assert set(names(service.get("secrets"))) <= set(names(made.get("secrets")))
        assert set(names(service.get("depends_on"))) <= set(services)
    for kind in ("volumes", "networks", "secrets"):
        used = str([service.get(kind) for service in services.values()])
        assert [name for name in names(made.get(kind)) if name not in used] == []


@pytest.mark.parametrize("file", FILES)
def test_our_containers_can_do_nothing_they_need_not(file: str) -> None:
    for name, service in compose(file)["services"].items():
        if name in OURS:
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert service["security_opt"] == ["no-new-privileges:true"]
            assert service["pids_limit"] > 0
        assert "privileged" not in service
        assert all("docker.sock" not in volume for volume in service.get("volumes", []))


@pytest.mark.parametrize("file", FILES)
def test_every_setting_exists_and_is_accepted(file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("t")
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name, service in compose(file)["services"].items():
        if name not in OURS:
            continue
        with monkeypatch.context() as patched:
            for variable, value in service.get("environment", {}).items():
                assert variable in known | {"FORWARDED_ALLOW_IPS"}
                if variable == "CHAINRULE_METRICS_TOKEN_FILE":
                    assert Path(value).name in names(service["secrets"])
                    value = str(token)
                patched.setenv(variable, _filled(str(value)))
            assert read_settings()


def _filled(value: str) -> str:
    """What Compose makes of ${NAME:-default} and ${NAME:?message} where NAME is a host name or not set."""
    value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
    return re.sub(r"\$\{\w+:\?[^}]*\}", "grade.example.org", value)


@pytest.mark.parametrize("file", FILES)
def test_an_image_has_what_traces_need_where_traces_are_asked_for(file: str) -> None:
    services = compose(file)["services"]
    built = [service["build"]["args"]["LOCK"] for service in services.values() if "build" in service]
    endpoints = {str(service.get("environment", {}).get("CHAINRULE_OTLP_ENDPOINT")) for service in services.values()}

    (name,) = {found[1] for found in map(re.compile(r"\$\{(\w+):-\}").fullmatch, endpoints) if found}
    assert built == [f"${{{name}:+requirements-tracing.lock}}"]
    assert "${LOCK:-requirements.lock}" in (ROOT / "Dockerfile").read_text(encoding="utf-8"), "empty: the usual one"
    assert (ROOT / "requirements-tracing.lock").exists()


def test_only_the_proxy_is_reached_from_outside() -> None:
    services = compose("deploy/compose.yaml")["services"]
    networks = compose("deploy/compose.yaml")["networks"]

    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["worker"]["networks"] == services["postgres"]["networks"] == ["back"]
    assert networks["back"]["internal"]
    assert networks["front"]["internal"]
    assert [name for name, service in services.items() if "front" in service["networks"]] == ["proxy", "web"]


def test_a_server_has_time_to_drain() -> None:
    for name, service in compose("deploy/compose.yaml")["services"].items():
        if name in ("web", "worker"):
            drain = float(service["environment"].get("CHAINRULE_DRAIN_SECONDS", 0))
            assert float(service["stop_grace_period"].removesuffix("s")) > drain + DRAIN_SECONDS + STOP_SECONDS


def test_the_proxy_keeps_what_is_for_the_inside() -> None:
    said = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")

    assert re.search(r"@inside path /metrics /readyz\n\s+respond @inside 404", said)
    assert re.search(r"dynamic a web 8000", said)


def test_no_secret_is_in_the_folder() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "deploy/secrets", "deploy/.env"], cwd=ROOT, capture_output=True, check=False
    )

    assert listed.stdout == b""
    assert {"/deploy/secrets/", "/deploy/.env"} <= set((ROOT / ".gitignore").read_text().splitlines())
