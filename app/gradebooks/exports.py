"""What instructors take out of an assignment, as pages and the API both answer with it."""

from starlette.responses import Response, StreamingResponse

from app.access import asked_in
from app.context import Context
from app.gradebooks.gradebook_csv import gradebook_csv
from app.gradebooks.grades_json import grades_json
from app.gradebooks.material import material_of
from app.gradebooks.new_files import NEW_FILES
from app.gradebooks.scores import AssignmentScores, assignment_scores
from app.gradebooks.source_archive import archive, authors_of, entries
from app.permissions import Action
from submissions.models import Course, CourseAssignment, User

CSV_TYPE = "text/csv; charset=utf-8"


def grades_csv(context: Context, user: User, course: str, assignment: str) -> tuple[CourseAssignment, str]:
    """Every learner with what counts and how it came about, as CSV; and the assignment that it is about."""
    with context.database.reading() as tx:
        _, asked = asked_in(tx, user, course, assignment, Action.EXPORT_GRADES)
        attempts = tx.gradings.attempts(asked.id)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
        extensions = tx.extensions.of(asked.id)
    parts = list(material_of(context.catalog, asked.slug, rows).parts)
    return asked, gradebook_csv(rows, attempts, extensions, parts, asked.points)


def grades_file(context: Context, user: User, course: str, assignment: str) -> Response:
    """Every learner with what counts and why, and every attempt, as JSON."""
    with context.database.reading() as tx:
        _, asked = asked_in(tx, user, course, assignment, Action.EXPORT_GRADES)
        attempts = tx.gradings.attempts(asked.id)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
        extensions = tx.extensions.of(asked.id)
    text = grades_json(course, asked, rows, attempts, extensions, context.clock())
    return attached(text, f"{asked.slug}.json", "application/json")


def sources_file(context: Context, user: User, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came, one folder a person, as a zip that is made while it is sent."""
    with context.database.reading() as tx:
        _, asked = asked_in(tx, user, course, assignment, Action.EXPORT_GRADES)
        attempts = tx.gradings.attempts(asked.id)
        authors = authors_of(tx, attempts)
    zipped = archive(entries(context.database, attempts, authors))
    return StreamingResponse(zipped, media_type="application/zip", headers=_named(f"{asked.slug}-sources.zip"))


def scores_exported(
    context: Context, user: User, course: str, assignment: str
) -> tuple[Course, CourseAssignment, AssignmentScores]:
    """What a gradebook elsewhere is told."""
    with context.database.reading() as tx:
        member, asked = asked_in(tx, user, course, assignment, Action.EXPORT_GRADES)
        rows = tx.gradings.gradebook(asked.id)
    return member.course, asked, assignment_scores(asked, rows)


def gradebook_file(context: Context, user: User, course: str, assignment: str, kind: str) -> Response:
    """The scores as a file for the importer of a learning management system; `kind` is one of NEW_FILES."""
    _, asked, scores = scores_exported(context, user, course, assignment)
    return attached(NEW_FILES[kind](scores), f"{asked.slug}-{kind}.csv", CSV_TYPE)


def attached(text: str, name: str, media_type: str) -> Response:
    """A file to be kept under this name."""
    return Response(text, media_type=media_type, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
