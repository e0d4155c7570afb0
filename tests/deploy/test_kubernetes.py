"""The Kubernetes manifests against the schemas of Kubernetes, and against what the service needs."""

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from app.commands.serving import DRAIN_SECONDS
from app.gradings.grading_child import STOP_SECONDS
from app.settings import PREFIX, Settings, read_settings

FOLDER = Path(__file__).parents[2] / "deploy/kubernetes"
VERSIONS = ("1.28", "1.37")
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))


def manifests(file: str) -> list[Any]:
    return list(yaml.safe_load_all((FOLDER / file).read_text(encoding="utf-8")))


def everything() -> list[Any]:
    return [one for file in FILES for one in manifests(file)]


def of_kind(kind: str) -> dict[str, Any]:
    return {one["metadata"]["name"]: one for one in everything() if one["kind"] == kind}


def pod(deployment: Any) -> Any:
    return deployment["spec"]["template"]["spec"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("file", FILES)
def test_a_manifest_is_what_kubernetes_takes(file: str, version: str) -> None:
    for manifest in manifests(file):
        kubernetes_validate.validate(manifest, version, strict=True)


def test_a_manifest_with_a_mistake_is_not() -> None:
    wrong = manifests("web.yaml")[0]
    wrong["spec"]["template"]["spec"]["containers"][0]["livenesProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_pod_is_what_the_strictest_policy_asks_for(name: str) -> None:
    spec = pod(of_kind("Deployment")[name])
    (container,) = spec["containers"]

    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_what_a_pod_names_is_there(name: str) -> None:
    spec = pod(of_kind("Deployment")[name])
    (container,) = spec["containers"]
    ports = {port["name"] for port in container["ports"]}
    probes = [container[kind]["httpGet"] for kind in container if kind.endswith("Probe")]

    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in spec["volumes"]}
    assert {probe["port"] for probe in probes} <= ports
    assert container["envFrom"][0]["configMapRef"]["name"] in of_kind("ConfigMap")


@pytest.mark.parametrize("name", ["web", "worker"])
def test_every_setting_exists_and_is_accepted(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (container,) = pod(of_kind("Deployment")[name])["containers"]
    given = of_kind("ConfigMap")["settings"]["data"] | {one["name"]: one["value"] for one in container["env"]}
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    (tmp_path / "metrics_token").write_text("t")
    for variable, value in given.items():
        assert variable.removeprefix(PREFIX).lower() in Settings.model_fields or variable == "FORWARDED_ALLOW_IPS"
        if variable.endswith("_FILE"):
            assert str(Path(value).parent) in mounts
            value = str(tmp_path / Path(value).name)
        monkeypatch.setenv(variable, value)
    settings = read_settings()

    if name == "worker":
        assert settings.worker_metrics_port == container["ports"][0]["containerPort"]
    drain = settings.drain_seconds + DRAIN_SECONDS if name == "web" else 0.0
    assert pod(of_kind("Deployment")[name])["terminationGracePeriodSeconds"] > drain + STOP_SECONDS


def test_a_rolling_update_takes_no_server_away_first() -> None:
    web = of_kind("Deployment")["web"]
    (container,) = pod(web)["containers"]

    assert web["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert web["spec"]["replicas"] > of_kind("PodDisruptionBudget")["web"]["spec"]["minAvailable"]
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"  # a server that drains must not be killed


def test_selectors_find_their_pods() -> None:
    labels = [one["spec"]["template"]["metadata"]["labels"] for one in of_kind("Deployment").values()]
    wanted = [one["spec"]["selector"] for one in of_kind("Service").values()]
    wanted += [
        one["spec"]["selector"]["matchLabels"]
        for kind in ("Deployment", "PodDisruptionBudget")
        for one in of_kind(kind).values()
    ]
    wanted += [
        one["spec"]["podSelector"]["matchLabels"]
        for one in of_kind("NetworkPolicy").values()
        if one["spec"]["podSelector"]
    ]

    for selector in wanted:
        assert any(selector.items() <= found.items() for found in labels), selector


def test_all_are_in_one_namespace_and_none_is_a_secret() -> None:
    spaces = {one["metadata"].get("namespace") for one in everything() if one["kind"] != "Namespace"}

    assert spaces == set(of_kind("Namespace"))
    assert not of_kind("Secret")


def test_the_public_address_is_the_one_of_the_ingress() -> None:
    (rule,) = of_kind("Ingress")["web"]["spec"]["rules"]

    assert of_kind("ConfigMap")["settings"]["data"]["CHAINRULE_PUBLIC_URL"] == f"https://{rule['host']}"
