"""What staff did in a course, as one plain sentence for each event: who did what, to whom, and what then held.

Gradings write no line here: their events are of no course. Neither is `grades.changed`, which follows from a line that
is here and says less.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.pages.course.history_lti_words import LTI_SENTENCES
from app.pages.course.rule_words import changed_rules
from app.pages.course.told_event import Sentence, ToldEvent
from app.pages.numbers import spelled
from grader.translation import gettext as _
from grader.translation import ngettext


def sentence(told: ToldEvent) -> str:
    """The event in a sentence; one of a kind that has none is named by its kind."""
    say = SENTENCES.get(told.event.kind)
    return _("{who}: {kind}.", who=told.who, kind=told.event.kind) if say is None else say(told)


def _course_created(told: ToldEvent) -> str:
    return _("{who} made the course.", who=told.who)


def _course_changed(told: ToldEvent) -> str:
    return _(
        "{who} changed the settings: the title is {title}, the time zone {zone}.",
        who=told.who,
        title=told.word("title"),
        zone=told.word("time_zone"),
    )


def _course_copied(told: ToldEvent) -> str:
    return _("{who} made the course as a copy of {source}.", who=told.who, source=told.word("source"))


def _assignment_added(told: ToldEvent) -> str:
    return _("{who} added {assignment}: {rules}.", who=told.who, assignment=told.assignment, rules=_rules(told))


def _assignment_changed(told: ToldEvent) -> str:
    rules = changed_rules(told.word, told.has, told.time_zone, told.now)
    if rules:
        return _("{who} changed {assignment}: {rules}.", who=told.who, assignment=told.assignment, rules=rules)
    return _("{who} set up {assignment} anew: {rules}.", who=told.who, assignment=told.assignment, rules=_rules(told))


def _rules(told: ToldEvent) -> str:
    if told.due:
        return _("{points}, due {moment}", points=told.points("points"), moment=told.due)
    return _("{points}, no due date", points=told.points("points"))


def _assignment_removed(told: ToldEvent) -> str:
    return _("{who} removed {assignment}.", who=told.who, assignment=told.assignment)


def _extension_given(told: ToldEvent) -> str:
    more = told.count("more_attempts")
    said = {"who": told.who, "student": told.student, "assignment": told.assignment, "moment": told.due}
    if not more:
        return _("{who} gave {student} an extension of {assignment} until {moment}.", **said)
    if not told.due:
        return ngettext(
            "{who} gave {student} {n} further attempt at {assignment}.",
            "{who} gave {student} {n} further attempts at {assignment}.",
            more,
            n=spelled(more),
            **said,
        )
    return ngettext(
        "{who} gave {student} an extension of {assignment} until {moment} and {n} further attempt.",
        "{who} gave {student} an extension of {assignment} until {moment} and {n} further attempts.",
        more,
        n=spelled(more),
        **said,
    )


def _extension_taken_back(told: ToldEvent) -> str:
    return _(
        "{who} took back the extension of {assignment} from {student}.",
        who=told.who,
        assignment=told.assignment,
        student=told.student,
    )


def _override(told: ToldEvent) -> str:
    return _(
        "{who} decided that {attempt} counts {points} of {maximum}.",
        who=told.who,
        attempt=told.attempt,
        points=told.bare_points("points"),
        maximum=told.points("maximum"),
    )


def _override_taken_back(told: ToldEvent) -> str:
    return _("{who} took back the decision on {attempt}.", who=told.who, attempt=told.attempt)


def _commented(told: ToldEvent) -> str:
    return _("{who} commented on {attempt}.", who=told.who, attempt=told.attempt)


def _asked(told: ToldEvent) -> str:
    return _("{who} asked about {attempt}.", who=told.who, attempt=told.attempt)


def _answered(told: ToldEvent) -> str:
    return _("{who} answered the question about {attempt}.", who=told.who, attempt=told.attempt)


def _graded_again(told: ToldEvent) -> str:
    return _("{who} had {attempt} graded again, which had ended without a result.", who=told.who, attempt=told.attempt)


def _results_imported(told: ToldEvent) -> str:
    return _(
        "{who} imported results of {attempt}: {points} of {maximum}.",
        who=told.who,
        attempt=told.attempt,
        points=told.bare_points("points"),
        maximum=told.points("maximum"),
    )


def _on_behalf(told: ToldEvent) -> str:
    return _(
        "{who} handed in work of {student} for {assignment}.",
        who=told.who,
        student=told.student,
        assignment=told.assignment,
    )


def _person_added(told: ToldEvent) -> str:
    said = {"who": told.who, "person": told.person, "role": told.role, "platform": told.platform}
    if not told.platform:
        return _("{who} added {person} as {role}.", **said)
    if told.is_of_themselves:
        return _("{person} came from {platform} as {role}.", **said)
    return _("{who} brought {person} over from {platform} as {role}.", **said)


def _person_role(told: ToldEvent) -> str:
    said = {"who": told.who, "person": told.person, "role": told.role, "platform": told.platform}
    if told.platform:
        return _("{platform} changed the role of {person} to {role}.", **said)
    return _("{who} changed the role of {person} to {role}.", **said)


def _person_corrected(told: ToldEvent) -> str:
    said = {name: told.word(name) for name in ("was_name", "name", "was_address", "address")}
    rules = [_("name: {was_name} → {name}", **said)] if told.has("name") else []
    rules += [_("address: {was_address} → {address}", **said)] if told.has("address") else []
    return _("{who} corrected {person}: {rules}.", who=told.who, person=told.person, rules="; ".join(rules))


def _person_removed(told: ToldEvent) -> str:
    return _("{who} took {person}, {role}, out of the course.", who=told.who, person=told.person, role=told.role)


def _invitation_created(told: ToldEvent) -> str:
    said = {"who": told.who, "whom": told.invited, "role": told.role}
    return (
        _("{who} invited {whom} as {role}.", **said) if told.invited else _("{who} invited somebody as {role}.", **said)
    )


def _invitation_accepted(told: ToldEvent) -> str:
    return _("{who} accepted an invitation as {role}.", who=told.who, role=told.role)


def _invitation_withdrawn(told: ToldEvent) -> str:
    return _("{who} withdrew an invitation as {role}.", who=told.who, role=told.role)


def _password_first(told: ToldEvent) -> str:
    return _("{who} set a first password with the link of an invitation.", who=told.who)


def _webhook_added(told: ToldEvent) -> str:
    return _("{who} added the webhook {address}.", who=told.who, address=told.word("url"))


def _webhook_removed(told: ToldEvent) -> str:
    return _("{who} removed the webhook {address}.", who=told.who, address=told.word("url"))


def _compared(told: ToldEvent) -> str:
    pairs = told.count("pairs")
    return ngettext(
        "{who} compared the work for {assignment}: {n} pair is alike.",
        "{who} compared the work for {assignment}: {n} pairs are alike.",
        pairs,
        n=spelled(pairs),
        who=told.who,
        assignment=told.assignment,
    )


def _regrade_begun(told: ToldEvent) -> str:
    if told.event.submission_id:
        return _("{who} began a regrade of {attempt}.", who=told.who, attempt=told.attempt)
    submissions = told.count("submissions")
    return ngettext(
        "{who} began a regrade of {n} submission of {assignment}.",
        "{who} began a regrade of {n} submissions of {assignment}.",
        submissions,
        n=spelled(submissions),
        who=told.who,
        assignment=told.assignment,
    )


def _regrade_applied(told: ToldEvent) -> str:
    if told.event.submission_id:
        return _("{who} applied a regrade of {attempt}.", who=told.who, attempt=told.attempt)
    submissions = told.count("submissions")
    return ngettext(
        "{who} applied a regrade of {assignment} to {n} submission.",
        "{who} applied a regrade of {assignment} to {n} submissions.",
        submissions,
        n=spelled(submissions),
        who=told.who,
        assignment=told.assignment,
    )


def _regrade_undone(told: ToldEvent) -> str:
    if told.event.submission_id:
        return _("{who} undid a regrade of {attempt}.", who=told.who, attempt=told.attempt)
    return _("{who} undid a regrade of {assignment}.", who=told.who, assignment=told.assignment)


def _regrade_discarded(told: ToldEvent) -> str:
    if told.event.submission_id:
        return _("{who} discarded a regrade of {attempt}.", who=told.who, attempt=told.attempt)
    return _("{who} discarded a regrade of {assignment}.", who=told.who, assignment=told.assignment)


SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        **LTI_SENTENCES,
        "assignment.added": _assignment_added,
        "assignment.changed": _assignment_changed,
        "assignment.removed": _assignment_removed,
        "course.changed": _course_changed,
        "course.copied": _course_copied,
        "course.created": _course_created,
        "extension.given": _extension_given,
        "extension.taken_back": _extension_taken_back,
        "invitation.accepted": _invitation_accepted,
        "invitation.created": _invitation_created,
        "invitation.withdrawn": _invitation_withdrawn,
        "password.first": _password_first,
        "person.added": _person_added,
        "person.corrected": _person_corrected,
        "person.removed": _person_removed,
        "person.role": _person_role,
        "regrade.applied": _regrade_applied,
        "regrade.begun": _regrade_begun,
        "regrade.discarded": _regrade_discarded,
        "regrade.undone": _regrade_undone,
        "submission.answered": _answered,
        "submission.asked": _asked,
        "submission.commented": _commented,
        "submission.graded_again": _graded_again,
        "submission.on_behalf": _on_behalf,
        "submission.override": _override,
        "submission.override_taken_back": _override_taken_back,
        "submission.results_imported": _results_imported,
        "webhook.added": _webhook_added,
        "webhook.removed": _webhook_removed,
        "work.compared": _compared,
    }
)
"""Kind -> what is said of it."""
