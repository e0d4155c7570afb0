"""What platforms are owed after a score has changed, written in the transaction that changed it."""

from datetime import datetime

from submissions.transaction import Transaction


def owe_score(tx: Transaction, course_assignment_id: str, user_id: str, now: datetime) -> int:
    """Owe the learner's score that counts to every activity which opens the assignment; how many are owed a new one.

    A learner without a graded attempt is owed nothing: an LMS takes a zero for a grade. Nor is anybody where an
    assignment is worth nothing: a score has a maximum above zero (AGS 2.0, scoreMaximum).
    """
    links = tx.lti_links.links_of_person(course_assignment_id, user_id)
    if not links:
        return 0
    asked = tx.courses.assignment(course_assignment_id)
    best = tx.gradings.best(course_assignment_id, user_id)
    if asked is None or best is None or asked.points <= 0:
        return 0
    share = best.given / best.maximum if best.maximum else 0.0
    given = round(share * asked.points, 4)
    return sum(tx.lti_scores.want(link.id, user_id, given, asked.points, best.grading_id, now) for link in links)


def owe_scores(tx: Transaction, course_id: str, user_id: str, now: datetime) -> None:
    """The same in every assignment of a course, for a person whom an LMS has just named as being in it."""
    for asked in tx.courses.assignments(course_id):
        owe_score(tx, asked.id, user_id, now)
