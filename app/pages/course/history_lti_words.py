"""What was done about the learning management systems of a course, as one plain sentence for each event."""

from collections.abc import Mapping
from types import MappingProxyType

from app.lti.linking import OBSTACLES
from app.pages.course.told_event import Sentence, ToldEvent
from app.pages.numbers import spelled
from grader.translation import gettext as _
from grader.translation import ngettext
from submissions.linking import Obstacle


def _lti_connected(told: ToldEvent) -> str:
    return _("{who} connected the course with {platform}.", who=told.who, platform=told.platform)


def _lti_disconnected(told: ToldEvent) -> str:
    links, owed = told.count("links"), told.count("owed")
    return _(
        "{who} ended the connection of the course with {platform}, of {activities} and {scores} still to be sent.",
        who=told.who,
        platform=told.platform,
        activities=ngettext("{n} activity", "{n} activities", links, n=spelled(links)),
        scores=ngettext("{n} score", "{n} scores", owed, n=spelled(owed)),
    )


def _lti_linked(told: ToldEvent) -> str:
    return _(
        "{who} linked their account with {platform}, and it is one with the account made there.",
        who=told.who,
        platform=told.platform,
    )


def _lti_link_refused(told: ToldEvent) -> str:
    why = told.word("why")
    return _(
        "{who} from {platform} is here as {person} too, and could not link the two: {why}.",
        who=told.who,
        platform=told.platform,
        person=told.person,
        why=_(OBSTACLES[Obstacle(why)]) if why in tuple(Obstacle) else why,
    )


def _lti_unlinked(told: ToldEvent) -> str:
    return _("{who} unlinked their account from {platform}.", who=told.who, platform=told.platform)


def _lti_pushed(told: ToldEvent) -> str:
    scores = told.count("scores")
    return ngettext(
        "{who} had {n} score of {assignment} sent to the LMS again.",
        "{who} had {n} scores of {assignment} sent to the LMS again.",
        scores,
        n=spelled(scores),
        who=told.who,
        assignment=told.assignment,
    )


def _lti_roster(told: ToldEvent) -> str:
    people = told.count("people")
    return ngettext(
        "{who} brought the roster of the LMS over, with {n} person in it.",
        "{who} brought the roster of the LMS over, with {n} people in it.",
        people,
        n=spelled(people),
        who=told.who,
    )


LTI_SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        "lti.course_connected": _lti_connected,
        "lti.course_disconnected": _lti_disconnected,
        "lti.link_refused": _lti_link_refused,
        "lti.linked": _lti_linked,
        "lti.pushed": _lti_pushed,
        "lti.roster": _lti_roster,
        "lti.unlinked": _lti_unlinked,
    }
)
"""Kind -> what is said of it."""
