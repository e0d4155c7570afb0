"""The OpenAPI document is complete enough to write a client from."""

from typing import Any

import pytest

from app.api import course_schema, extensions, marking_schema, report_schema, roster
from app.api.schemas import GradeOut, GradesOut, ProblemKindOut, ProblemOut, ReadyOut, SubmissionOut, SubmissionPageOut


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


TEXTS = {"text/x-python", "text/html"}  # what they are, their media type says


MODELS = [
    course_schema.AssignmentOut,
    course_schema.CourseOut,
    course_schema.LateOut,
    extensions.ExtensionsOut,
    marking_schema.AssignmentScoreOut,
    marking_schema.ChangesOut,
    marking_schema.OverridesOut,
    marking_schema.RegradesOut,
    marking_schema.ScoresOut,
    report_schema.ReportOut,
    roster.AddedOut,
    roster.PeopleOut,
    GradeOut,
    GradesOut,
    ProblemKindOut,
    ReadyOut,
    SubmissionOut,
    SubmissionPageOut,
    ProblemOut,
]


def test_every_body_and_every_error_has_an_example(document: Any) -> None:
    schemas = document["components"]["schemas"]

    def shown(content: Any) -> bool:
        schema = content.get("schema", {})
        name = schema.get("items", schema).get("$ref", "").rpartition("/")[2]
        return bool({"example", "examples"} & {*content, *schema} or schemas.get(name, {}).get("examples"))

    without = []
    for path, operation in operations(document):
        bodies = {"body": operation["requestBody"]} if "requestBody" in operation else {}
        for what, said in {**operation["responses"], **bodies}.items():
            sent = said.get("content", {}).items()
            without += [(path, what, kind) for kind, content in sent if kind not in TEXTS and not shown(content)]

    assert len(list(operations(document))) > 40
    assert without == []


@pytest.mark.parametrize("model", MODELS)
def test_examples_are_what_the_schema_says(model: Any) -> None:
    (example,) = model.model_json_schema()["examples"]

    assert model.model_validate(example).model_dump(mode="json") == example


def test_a_change_has_no_answer_of_what_is_only_read(document: Any) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            conditions = {one["name"] for one in operation.get("parameters", [])}
            assert method == "get" or "304" not in operation["responses"], path
            assert ("If-Match" in conditions) == ("412" in operation["responses"]), path
            assert method not in ("put", "patch", "delete") or "If-Match" in conditions, path


def test_pages_are_not_in_it(document: Any) -> None:
    assert all(path.startswith("/api/v1/") or path in ("/healthz", "/readyz") for path in document["paths"])


def test_no_page_loads_a_documentation_viewer(client: Any) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
