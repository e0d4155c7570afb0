"""What the OpenAPI document says about every route: the problems it can answer with, each with an example."""

from typing import Any

from app.api.file_schema import FileIn
from app.api.schemas import ProblemOut
from app.problems import (
    BAD_REQUEST,
    BROKEN_ASSIGNMENT,
    MALFORMED,
    MEDIA_TYPE,
    METHOD_NOT_ALLOWED,
    PROBLEMS,
    TYPE_PREFIX,
    UNEXPECTED,
    Problem,
)

MEANINGS = {
    400: "The request cannot be read",
    401: "No API token, or one that is unknown, expired or revoked",
    403: "The role or the scope of the token does not allow this, or the time does not",
    404: "There is no such thing, or it is somebody else's",
    409: "It cannot be done to this as it stands",
    412: "It was changed since the caller read it",
    413: "The upload is larger than the limit",
    415: "The body is of a kind that is not read here",
    422: "The request is malformed, or the file cannot be graded",
    429: "The token has asked too often",
    500: "Our fault",
    503: "Not ready",
}

PAGES_ONLY = {
    "wrong-login",
    "sign-in-refused",
    "grading-again-refused",
    "provider-failed",
    "mail-needed",
    "forged-request",
    "bad-launch",
    "unreachable",
    "too-many-attempts",
    "link-unusable",
    "invitation-for-another",
}
"""Problems that only pages for people meet."""

KINDS: dict[Problem, str] = {
    **{problem: (kind.__doc__ or "").strip().splitlines()[0] for kind, problem in PROBLEMS.items()},
    MALFORMED: "A query, path, header or body does not fit the description of the API.",
    BAD_REQUEST: "The request cannot be read: it is not the HTTP or the form that it says it is.",
    METHOD_NOT_ALLOWED: "This address does not take this method.",
    BROKEN_ASSIGNMENT: "The folder of an assignment is gone or has a fault; staff see it in the log.",
    UNEXPECTED: "A fault of ours; it is logged under the number in `detail`.",
}
"""Every kind of problem with its meaning."""

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """The answers with these statuses, for a route's `responses`."""
    schema = {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}
    return {
        status: {
            "description": MEANINGS[status],
            "content": {MEDIA_TYPE: {"schema": schema, "examples": _examples(status)}},
            **({"headers": RETRY_AFTER} if status == 429 else {}),
        }
        for status in statuses
    }


def _examples(status: int) -> dict[str, Any]:
    return {
        problem.name: {
            "value": {
                "type": TYPE_PREFIX + problem.name,
                "title": problem.title,
                "status": status,
                "detail": meaning,
                "instance": "/api/v1/courses",
            }
        }
        for problem, meaning in KINDS.items()
        if problem.status == status and problem.name not in PAGES_ONLY
    }


def _text_header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
LOCATION = {"Location": _text_header("The address of what was made.")}
TAGGED: Responses = {
    200: {"headers": {"ETag": _text_header("Names exactly this answer; send it in If-None-Match or If-Match.")}},
    304: {"description": "Not changed since the answer that If-None-Match names"},
}
CHANGED: Responses = {200: TAGGED[200]}
"""Of a change that was made: its ETag, and never a 304."""
LINK = {"Link": _text_header('The address of the next page, where there is one: <...>; rel="next"')}
PAGED: Responses = {**TAGGED, 200: {"headers": {**TAGGED[200]["headers"], **LINK}}}


def _condition(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": False, "description": description, "schema": {"type": "string"}}


IF_MATCH: dict[str, Any] = {
    "parameters": [
        _condition("If-Match", "The ETag that was read; 412 if it is another by now."),
        _condition("If-None-Match", "`*`: only where nothing is there yet; 412 otherwise."),
    ]
}

UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "contentMediaType": "application/octet-stream",
                            "description": "One .py, .ipynb or .zip",
                        }
                    },
                },
                "example": {"file": "def relu(x):\n    return np.maximum(x, 0)\n"},
            },
            "application/json": {
                "schema": FileIn.model_json_schema(),
                "example": {"filename": "a1.py", "text": "def relu(x):\n    return np.maximum(x, 0)\n"},
            },
        },
    }
}
