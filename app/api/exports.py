"""What staff take out of an assignment: grades as CSV and JSON, what was handed in as a zip, gradebook files."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from app.api.callers import in_course
from app.api.documentation import Responses, problems
from app.dependencies import Ctx, TokenUser
from app.gradebooks.exports import CSV_TYPE, attached, gradebook_file, grades_csv, grades_file, sources_file
from app.gradebooks.new_files import NEW_FILES
from app.permissions import Action
from app.security.tokens import Scope

router = APIRouter(tags=["exports"])

Reader = Annotated[TokenUser, Depends(in_course(Action.EXPORT_GRADES, Scope.GRADES_READ))]
SourceReader = Annotated[TokenUser, Depends(in_course(Action.EXPORT_GRADES, Scope.SUBMISSIONS_READ))]

EXPORTS = "/courses/{course}/assignments/{assignment}/exports"

GradebookKind = StrEnum("GradebookKind", list(NEW_FILES))  # type: ignore[misc]  # one list, in new_files.py
"""The learning management systems that there is a gradebook file for."""


def _file(media_type: str, description: str, example: Any, *statuses: int) -> Responses:
    """The answer with a file, and what can go wrong."""
    schema = {"type": "string"} if isinstance(example, str) else {"type": "object"}
    content = {media_type: {"schema": schema, "example": example}}
    return {200: {"content": content, "description": description}, **problems(401, 403, 404, 422, 429, *statuses)}


@router.get(
    f"{EXPORTS}/grades.csv",
    operation_id="exportGradesCsv",
    response_class=Response,
    responses=_file(
        "text/csv",
        "A line a student",
        "name,email,attempts,state,score,maximum,relu,codes,raw_score,raw_maximum,before_lateness,late_days,"
        "lost_to_lateness,override,override_by,override_comment,handed_in_at,extended_due_at,extra_attempts\r\n"
        "Ada Novak,ada@demo.example,3,done,72,100,8,,80,100,80,1,8,,,,2026-09-05T10:00:00+00:00,,\r\n",
        503,
    ),
)
def grades_as_csv(context: Ctx, caller: Reader, course: str, assignment: str) -> Response:
    """The gradebook as CSV, with cells that a spreadsheet would run as a formula made harmless.

    The parts add up to raw_score; before_lateness is that on the course's scale; less lost_to_lateness it is the score,
    unless staff decided: then that is `override`. New columns are added at the end.
    """
    asked, text = grades_csv(context, caller.user, course, assignment)
    return attached(text, f"{asked.slug}.csv", CSV_TYPE)


@router.get(
    f"{EXPORTS}/grades.json",
    operation_id="exportGradesJson",
    response_class=Response,
    responses=_file(
        "application/json",
        "Every learner with every attempt",
        {"course": "demo", "assignment": "ece421-numpy-nn", "points": 100.0, "exported_at": "", "learners": []},
    ),
)
def grades_as_json(context: Ctx, caller: Reader, course: str, assignment: str) -> Response:
    """Every learner with what counts and why, and every attempt."""
    return grades_file(context, caller.user, course, assignment)


@router.get(
    f"{EXPORTS}/sources.zip",
    operation_id="exportSources",
    response_class=Response,
    responses=_file("application/zip", "One folder a person", "PK..."),
)
def sources(context: Ctx, caller: SourceReader, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came. It is made while it is sent."""
    return sources_file(context, caller.user, course, assignment)


@router.get(
    f"{EXPORTS}/gradebook/{{kind}}.csv",
    operation_id="exportGradebook",
    response_class=Response,
    responses=_file(
        "text/csv", "A file as the importer wants it", "email,fullname,NN\r\nada@demo.example,Ada Novak,82\r\n"
    ),
)
def gradebook(context: Ctx, caller: Reader, course: str, assignment: str, kind: GradebookKind) -> Response:
    """The scores as a file for the importer of a learning management system."""
    return gradebook_file(context, caller.user, course, assignment, kind.value)
