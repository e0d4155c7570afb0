"""What staff take out of an assignment: grades as CSV and JSON, what was handed in as a zip, gradebook files."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse

from app.access import assignment_asked, membership
from app.api.callers import in_course
from app.api.documentation import Responses, problems
from app.dependencies import Ctx, TokenUser
from app.gradebooks.gradebook_csv import gradebook_csv
from app.gradebooks.grades_json import grades_json
from app.gradebooks.new_files import NEW_FILES
from app.gradebooks.scores import assignment_scores
from app.gradebooks.source_archive import archive, authors_of, entries
from app.permissions import Action
from app.security.tokens import Scope
from submissions.database import Transaction
from submissions.models import CourseAssignment, User

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
        "name,email,attempts,state,score,maximum,relu,codes\r\nAda Novak,ada@demo.example,3,done,82,100,8,\r\n",
        503,
    ),
)
def grades_as_csv(context: Ctx, caller: Reader, course: str, assignment: str) -> Response:
    """The gradebook as CSV, with cells that a spreadsheet would run as a formula made harmless."""
    with context.database.reading() as tx:
        asked = _asked(tx, caller.user, course, assignment)
        rows = tx.gradings.gradebook(asked.id)
    parts = [part.name for part in context.catalog.get(asked.slug).assignment.parts]
    return _attached(gradebook_csv(rows, parts, asked.points), f"{asked.slug}.csv", "text/csv; charset=utf-8")


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
    with context.database.reading() as tx:
        asked = _asked(tx, caller.user, course, assignment)
        attempts = tx.gradings.attempts(asked.id)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
    return _attached(
        grades_json(course, asked, rows, attempts, context.clock()), f"{asked.slug}.json", "application/json"
    )


@router.get(
    f"{EXPORTS}/sources.zip",
    operation_id="exportSources",
    response_class=Response,
    responses=_file("application/zip", "One folder a person", "PK..."),
)
def sources(context: Ctx, caller: SourceReader, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came. It is made while it is sent."""
    with context.database.reading() as tx:
        asked = _asked(tx, caller.user, course, assignment)
        attempts = tx.gradings.attempts(asked.id)
        authors = authors_of(tx, attempts)
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}-sources.zip"'}
    zipped = archive(entries(context.database, attempts, authors))
    return StreamingResponse(zipped, media_type="application/zip", headers=headers)


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
    with context.database.reading() as tx:
        asked = _asked(tx, caller.user, course, assignment)
        rows = tx.gradings.gradebook(asked.id)
    scores = assignment_scores(asked, rows)
    name = f"{asked.slug}-{kind.value}.csv"
    return _attached(NEW_FILES[kind.value](scores), name, "text/csv; charset=utf-8")


def _asked(tx: Transaction, user: User, course: str, assignment: str) -> CourseAssignment:
    return assignment_asked(tx, membership(tx, user, course, Action.EXPORT_GRADES), assignment)


def _attached(text: str, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)
