"""What can go wrong at the edge. Which HTTP status each becomes stands in problems.py.

EdgeError
├── SettingsInvalid      a setting does not make sense; the command line says why
├── NotSignedIn          nobody is signed in: the API answers 401, a page leads to the sign-in
├── WrongLogin           e-mail and password do not belong together
├── TooManyAttempts      too many tries: wait
├── TooManyRequests      somebody, or a token, has asked more often than they may: wait
├── ChangedMeanwhile     it is not (any more) what If-Match names
├── SignInRefused        the identity provider's answer opens no account here
├── ProviderFailed       the identity provider does not answer as it should
├── MailNeeded           this installation sends no mail: staff make the link
├── NotAllowed           signed in, but the role or the token does not allow this
├── NotFound             there is no such thing, or it is somebody else's
├── BadForm              the form or the request is not what was asked for
├── UnsupportedBody      the body is of a kind that is not read here
├── ForgedRequest        a form came from another site or without its token
├── BadLaunch            what a learning management system sent is not a launch that counts
├── Unreachable          an address that others gave us does not answer as it should
└── BodyTooLarge         the body is larger than the limit
"""

from http import HTTPStatus

from starlette.exceptions import HTTPException

from grader.translation import gettext as _
from grader.translation import gettext_noop, ngettext


class EdgeError(Exception):
    """Root of the edge's errors; `sentence` is for people."""

    title = gettext_noop("Something is wrong with this request")

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SettingsInvalid(EdgeError):
    """A setting does not make sense; `reasons` names each."""

    title = gettext_noop("The settings do not work")

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class NotSignedIn(EdgeError):
    """Nobody is signed in, or the token is not known (any more)."""

    title = gettext_noop("Not signed in")


class WrongLogin(EdgeError):
    """E-mail and password do not belong together."""

    title = gettext_noop("Not signed in")

    def __init__(self) -> None:
        super().__init__(_("This e-mail and this password do not belong together."))


class TooManyAttempts(EdgeError):
    """Too many tries in a short time; `retry_seconds` says how long to wait."""

    title = gettext_noop("Too many attempts")

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(_too_many(retry_seconds))
        self.retry_seconds = retry_seconds


class TooManyRequests(EdgeError):
    """Somebody, or a token, has asked more often than they may; `retry_seconds` says how long to wait."""

    title = gettext_noop("Too many requests")

    def __init__(self, sentence: str, retry_seconds: int) -> None:
        super().__init__(sentence)
        self.retry_seconds = retry_seconds


class ChangedMeanwhile(EdgeError):
    """What should be changed is not, or is no longer, what If-Match names, or is there against If-None-Match."""

    title = gettext_noop("Changed meanwhile")

    def __init__(self) -> None:
        super().__init__(_("This was changed since you read it. Read it again and decide anew."))


class SignInRefused(EdgeError):
    """The sign-in at the identity provider ended without an account here; the sentence says why and what to do."""

    title = gettext_noop("Not signed in")


class ProviderFailed(EdgeError):
    """The identity provider does not answer as it should; `why` is for the log."""

    title = gettext_noop("The sign-in does not answer")

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The sign-in service does not answer as it should. Try again in a minute, or use a password.")
        )
        self.why = why


class MailNeeded(EdgeError):
    """This installation sends no mail."""

    title = gettext_noop("No mail is sent here")

    def __init__(self) -> None:
        super().__init__(_("This service sends no mail. Ask your course staff for a link to set a new password."))


class NotAllowed(EdgeError):
    """Signed in, but the role or the token does not allow this."""

    title = gettext_noop("Not allowed")


class NotFound(EdgeError):
    """There is no such thing, or it is somebody else's: both look the same from outside."""

    title = gettext_noop("Not found")


class BadForm(EdgeError):
    """The form is not what was asked for; `field` names the part of it, where one is to blame."""

    title = gettext_noop("The form is not complete")

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class UnsupportedBody(EdgeError):
    """The body is of a kind that is not read here."""

    title = gettext_noop("Not a form")


class ForgedRequest(EdgeError):
    """A form came from another site, or without the token that its page carried."""

    title = gettext_noop("The form could not be checked")


class BadLaunch(EdgeError):
    """What a learning management system sent is not a launch that counts; the sentence says what is wrong with it."""

    title = gettext_noop("This launch cannot be used")


class Unreachable(EdgeError):
    """An address that others gave us does not answer, or not as it should."""

    title = gettext_noop("No usable answer from the other side")


class BodyTooLarge(EdgeError, HTTPException):
    """The file in the body is larger than `limit` bytes.

    It is an HTTPException too, so that no reader of bodies turns it into a 400.
    """

    title = gettext_noop("Too large")

    def __init__(self, limit: int) -> None:
        EdgeError.__init__(self, _("This is larger than {limit:,} bytes, the most that is accepted.", limit=limit))
        self.limit = limit
        self.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        self.detail = self.sentence
        self.headers = None

    def __str__(self) -> str:
        return self.sentence  # HTTPException would put the status in front of it


def _too_many(retry_seconds: int) -> str:
    if retry_seconds < 120:
        return ngettext(
            "Too many tries in a short time. Try again in {n} second.",
            "Too many tries in a short time. Try again in {n} seconds.",
            retry_seconds,
            n=retry_seconds,
        )
    minutes = -(-retry_seconds // 60)
    return ngettext(
        "Too many tries in a short time. Try again in {n} minute.",
        "Too many tries in a short time. Try again in {n} minutes.",
        minutes,
        n=minutes,
    )
