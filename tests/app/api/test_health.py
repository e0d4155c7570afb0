"""What an operator's monitor sees."""

from typing import Any

from app.sandbox_health import SandboxHealth, SandboxState, Wall


def test_the_process_answers(client: Any) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_good_installation_is_ready(school: Any) -> None:
    school.hand_in()
    answer = school.client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["ready"]
    assert answer.json()["grading"]
    assert answer.json()["queue"]["live"] == 1
    assert answer.json()["sandbox"]["state"] == "elsewhere"


def test_a_wall_that_does_not_hold_refuses_grading_and_accepts_uploads(school: Any) -> None:
    context = school.context
    walls = (Wall("no network", False, True, "came back from /home/operator"), Wall("NumPy computes", True, True))
    health = SandboxHealth(SandboxState.REFUSED, "container", walls, "These walls do not hold: no network.")
    object.__setattr__(context, "sandbox_health", lambda: health)
    answer = school.client.get("/readyz")

    assert answer.status_code == 200
    assert (answer.json()["ready"], answer.json()["grading"]) == (True, False)
    assert [wall["held"] for wall in answer.json()["sandbox"]["walls"]] == [False, True]
    assert "no network" in answer.json()["sandbox"]["message"]
    assert "/home/operator" not in answer.text
    assert school.hand_in()


def test_a_database_that_is_gone_is_not_ready(school: Any) -> None:
    class Gone:
        def at_head(self) -> bool:
            raise OSError("disk on fire in /secret/place")

    object.__setattr__(school.context, "database", Gone())
    answer = school.client.get("/readyz")

    assert answer.status_code == 503
    assert not answer.json()["ready"]
    assert "/secret/place" not in answer.text


def test_an_old_schema_is_not_ready(school: Any) -> None:
    class Old:
        def at_head(self) -> bool:
            return False

    object.__setattr__(school.context, "database", Old())
    answer = school.client.get("/readyz")

    assert answer.status_code == 503
    assert "migrate" in answer.json()["migrations"]


def test_a_server_that_is_about_to_end_is_not_ready_and_still_accepts(school: Any) -> None:
    school.context.draining.set()
    answer = school.client.get("/readyz")

    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["draining"], answer.json()["database"]) == (False, True, "ok")
    assert school.client.get("/healthz").status_code == 200
    assert school.hand_in()
