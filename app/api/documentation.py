"""What the OpenAPI document says about every route: the problems it can answer with."""

from typing import Any

from app.api.schemas import ProblemOut
from app.problems import MEDIA_TYPE

MEANINGS = {
    401: "No API token, or one that is unknown, expired or revoked",
    403: "The role or the scope of the token does not allow this, or the time does not",
    404: "There is no such thing, or it is somebody else's",
    413: "The upload is larger than the limit",
    415: "The body is not a form",
    422: "The request is malformed, or the file cannot be graded",
    429: "Too many requests",
    503: "Not ready",
}

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """The answers with these statuses, for a route's `responses`."""
    schema = {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}
    return {
        status: {"description": MEANINGS[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses
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
                }
            }
        },
    }
}
