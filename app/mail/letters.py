"""The words of each mail."""

from app.mail.mailer import Mail
from submissions.models import Invitation, User

FOOT = "\n\nThis mail was sent by Chainrule, which grades hand-written backpropagation.\n"


def invitation_letter(invitation: Invitation, recipient: str, link: str) -> Mail:
    """You are invited into a course."""
    until = f"{invitation.expires_at.day} {invitation.expires_at:%B %Y}"
    return Mail(
        recipient,
        f"Join {invitation.course_title}",
        f"You are invited to join the course {invitation.course_title} as {_article(invitation.role.value)}.\n\n"
        f"Open this link to join:\n\n{link}\n\n"
        f"The link works once, until {until}. It is for {recipient} alone.\n"
        f"If you did not expect it, you need not do anything.{FOOT}",
    )


def reset_letter(user: User, link: str) -> Mail:
    """Set a new password."""
    return Mail(
        user.email,
        "Set a new password",
        f"Somebody asked for a new password for your account, {user.email}.\n\n"
        f"Open this link to set one:\n\n{link}\n\n"
        "The link works once, for one hour. All browsers that are signed in are then signed out.\n"
        f"If it was not you, you need not do anything: your password stays as it is.{FOOT}",
    )


def _article(role: str) -> str:
    return f"an {role}" if role[0] in "aeiou" else f"a {role}"
