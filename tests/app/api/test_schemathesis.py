"""Requests made up from the OpenAPI document, right ones and wrong ones: none is a fault of ours, none is undocumented.

The same requests every time, a few for every operation, as an instructor, as a student and as nobody.
"""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.api import status
from app.serving.awaited_ending import AwaitedEnding

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 3  # of each mode: with some 45 operations and three people about 700 requests


@pytest.fixture
def school(make_client: Callable[..., Any], make_school: Callable[[Any], Any], monkeypatch: Any) -> Any:
    """The course nn where a token may ask as often as it likes and nobody really waits."""

    async def no_time(_ending: AwaitedEnding, _seconds: float) -> None:
        return None

    monkeypatch.setattr(AwaitedEnding, "rest", no_time)
    monkeypatch.setattr(status, "PAUSE_SECONDS", 15)
    return make_school(make_client(api_requests_per_minute=0))


def known(school: Any, submission: str) -> dict[str, str]:
    """What stands in the place of each name in a path, so that requests reach more than a 404."""
    return {
        "course": "nn",
        "assignment": school.asked.slug,
        "submission_id": submission,
        "user_id": school.people["bashir"].id,
        "regrade": "unknown",
        "kind": "moodle",
        "name": "not-found",
    }


@pytest.mark.parametrize("person", ["ines", "ada", ""])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_meets_a_fault_or_an_answer_that_is_not_documented(
    school: Any, person: str, mode: GenerationMode
) -> None:
    submission = school.hand_in("ada")
    school.grade()
    schema = schemathesis.openapi.from_dict(school.client.app.openapi())
    answered: set[int] = set()

    def asked(case: Any) -> None:
        sent = requests.Request(**case.as_transport_kwargs(base_url="http://127.0.0.1:8000")).prepare()
        headers = {
            name: value.encode("latin-1") if isinstance(value, str) else value  # what is made up is not all ASCII
            for name, value in sent.headers.items()
            if name.lower() != "authorization"
        }
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body
        answer = school.client.request(
            case.method, sent.url, content=body, headers=headers | (school.bearer(person) if person else {})
        )
        answered.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    tried = 0
    for operation in operations:
        places = {name: value for name, value in known(school, submission).items() if f"{{{name}}}" in operation.path}
        strategy = operation.as_strategy(generation_mode=mode, path_parameters=places or None)
        drawn = settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(given(case=strategy)(asked))
        try:
            drawn()
            tried += 1
        except Unsatisfiable:  # nothing about this operation can be wrong: it takes nothing but its path
            assert mode is GenerationMode.NEGATIVE

    assert len(operations) > 40
    assert tried > 25
    assert (401 in answered) if not person else len(answered) > 2
