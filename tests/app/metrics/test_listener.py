"""A worker's own small server answers monitors, and nobody else."""

import socket

import httpx
import pytest

from app.errors import SettingsInvalid
from app.metrics.instruments import Metrics
from app.metrics.listener import answering
from app.settings import read_settings


def test_it_answers_while_the_block_runs() -> None:
    settings = read_settings(metrics="loopback", worker_metrics_port=0)
    with answering(settings, Metrics()) as port:
        address = f"http://127.0.0.1:{port}"
        answers = {path: httpx.get(address + path, timeout=30) for path in ("/healthz", "/metrics", "/", "/metrics?x")}
        proxied = httpx.get(f"{address}/metrics", headers={"X-Forwarded-For": "203.0.113.9"}, timeout=30)

    assert {path: answer.status_code for path, answer in answers.items()} == {
        "/healthz": 200,
        "/metrics": 200,
        "/": 404,
        "/metrics?x": 404,
    }
    assert "chainrule_grading_seconds_count" in answers["/metrics"].text
    assert "Python" not in str(answers["/"].headers)
    assert proxied.status_code == 404
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/healthz", timeout=30)


def test_it_answers_at_an_address_of_the_sixth_version_too() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"this machine has no IPv6 loopback: {error}")
    with answering(read_settings(metrics="loopback", worker_metrics_port=0, host="::1"), Metrics()) as port:
        assert httpx.get(f"http://[::1]:{port}/metrics", timeout=30).status_code == 200


def test_without_a_port_nothing_listens() -> None:
    with answering(read_settings(), Metrics()) as port:
        assert port is None


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(SettingsInvalid, match=str(port)),
            answering(read_settings(worker_metrics_port=port), Metrics()),
        ):
            pass
