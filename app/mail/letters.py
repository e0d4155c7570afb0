"""The words of each mail. A mail is sent after the request that asked for it has ended, so it is said in English."""

from collections.abc import Mapping

from app.mail.mailer import Mail
from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.dates import date_in_words
from submissions.models import Invitation, Role, User

INVITED: Mapping[Role, str] = {
    Role.STUDENT: gettext_noop("You are invited to join the course {course} as a student."),
    Role.ASSISTANT: gettext_noop("You are invited to join the course {course} as an assistant."),
    Role.INSTRUCTOR: gettext_noop("You are invited to join the course {course} as an instructor."),
}


def invitation_letter(invitation: Invitation, recipient: str, link: str) -> Mail:
    """You are invited into a course."""
    once = _(
        "The link works once, until {date}. It is for {recipient} alone.",
        date=date_in_words(invitation.expires_at),
        recipient=recipient,
    )
    return Mail(
        recipient,
        _("Join {course}", course=invitation.course_title),
        _letter(
            _(INVITED[invitation.role], course=invitation.course_title),
            _("Open this link to join:"),
            link,
            once + "\n" + _("If you did not expect it, you need not do anything."),
        ),
    )


def reset_letter(user: User, link: str) -> Mail:
    """Set a new password."""
    once = _("The link works once, for one hour. All browsers that are signed in are then signed out.")
    return Mail(
        user.email,
        _("Set a new password"),
        _letter(
            _("Somebody asked for a new password for your account, {email}.", email=user.email),
            _("Open this link to set one:"),
            link,
            once + "\n" + _("If it was not you, you need not do anything: your password stays as it is."),
        ),
    )


def _letter(*paragraphs: str) -> str:
    foot = _("This mail was sent by Chainrule, which grades hand-written backpropagation.")
    return "\n\n".join((*paragraphs, foot)) + "\n"
