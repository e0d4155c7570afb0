"""The OpenAPI document is complete enough to write a client from."""

from typing import Any

import pytest

from app.api.schemas import AssignmentOut, GradeOut, ProblemOut, Schema, SubmissionOut


@pytest.fixture
def document(client: Any) -> Any:
    return client.get("/api/v1/openapi.json").json()


def operations(document: Any) -> list[tuple[str, Any]]:
    return [(path, operation) for path, methods in document["paths"].items() for operation in methods.values()]


def test_every_operation_has_an_id_and_a_summary(document: Any) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]

    assert len(set(ids)) == len(ids)
    assert "createSubmission" in ids
    assert all(operation.get("summary") and operation.get("description") for _, operation in operations(document))


def test_every_operation_of_the_api_says_what_can_go_wrong(document: Any) -> None:
    for path, operation in operations(document):
        if path.startswith("/api/v1/courses") or path.startswith("/api/v1/submissions"):
            assert {"401", "500"} <= set(operation["responses"]), path


def test_every_reference_leads_somewhere(document: Any) -> None:
    schemas = set(document["components"]["schemas"])
    used = {part.split('"')[0] for part in str(document).replace("'", '"').split("#/components/schemas/")[1:]}

    assert used <= schemas


def test_the_upload_names_its_field_and_submissions_have_examples(document: Any) -> None:
    create = document["paths"]["/api/v1/courses/{course}/assignments/{assignment}/submissions"]["post"]

    assert list(create["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]) == ["file"]
    assert document["components"]["schemas"]["SubmissionOut"]["examples"]


@pytest.mark.parametrize("model", [AssignmentOut, GradeOut, SubmissionOut, ProblemOut])
def test_examples_are_what_the_schema_says(model: type[Schema]) -> None:
    (example,) = model.model_json_schema()["examples"]

    assert model.model_validate(example).model_dump(mode="json") == example


def test_pages_are_not_in_it(document: Any) -> None:
    assert all(path.startswith("/api/v1/") or path in ("/healthz", "/readyz") for path in document["paths"])


def test_no_page_loads_a_documentation_viewer(client: Any) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
