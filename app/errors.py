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


class EdgeError(Exception):
    """Root of the edge's errors; `sentence` is for people."""

    title = "Something is wrong with this request"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SettingsInvalid(EdgeError):
    """A setting does not make sense; `reasons` names each."""

    title = "The settings do not work"

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class NotSignedIn(EdgeError):
    """Nobody is signed in, or the token is not known (any more)."""

    title = "Not signed in"


class WrongLogin(EdgeError):
    """E-mail and password do not belong together."""

    title = "Not signed in"

    def __init__(self) -> None:
        super().__init__("This e-mail and this password do not belong together.")


class TooManyAttempts(EdgeError):
    """Too many tries in a short time; `retry_seconds` says how long to wait."""

    title = "Too many attempts"

    def __init__(self, retry_seconds: int) -> None:
        minutes = -(-retry_seconds // 60)
        wait = f"{retry_seconds} seconds" if retry_seconds < 120 else f"{minutes} minutes"
        super().__init__(f"Too many tries in a short time. Try again in {wait}.")
        self.retry_seconds = retry_seconds


class TooManyRequests(EdgeError):
    """Somebody, or a token, has asked more often than they may; `retry_seconds` says how long to wait."""

    title = "Too many requests"

    def __init__(self, sentence: str, retry_seconds: int) -> None:
        super().__init__(sentence)
        self.retry_seconds = retry_seconds


class ChangedMeanwhile(EdgeError):
    """What should be changed is not, or is no longer, what If-Match names, or is there against If-None-Match."""

    title = "Changed meanwhile"

    def __init__(self) -> None:
        super().__init__("This was changed since you read it. Read it again and decide anew.")


class SignInRefused(EdgeError):
    """The sign-in at the identity provider ended without an account here; the sentence says why and what to do."""

    title = "Not signed in"


class ProviderFailed(EdgeError):
    """The identity provider does not answer as it should; `why` is for the log."""

    title = "The sign-in does not answer"

    def __init__(self, why: str) -> None:
        super().__init__("The sign-in service does not answer as it should. Try again in a minute, or use a password.")
        self.why = why


class MailNeeded(EdgeError):
    """This installation sends no mail."""

    title = "No mail is sent here"

    def __init__(self) -> None:
        super().__init__("This service sends no mail. Ask your course staff for a link to set a new password.")


class NotAllowed(EdgeError):
    """Signed in, but the role or the token does not allow this."""

    title = "Not allowed"


class NotFound(EdgeError):
    """There is no such thing, or it is somebody else's: both look the same from outside."""

    title = "Not found"


class BadForm(EdgeError):
    """The form is not what was asked for; `field` names the part of it, where one is to blame."""

    title = "The form is not complete"

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class UnsupportedBody(EdgeError):
    """The body is of a kind that is not read here."""

    title = "Not a form"


class ForgedRequest(EdgeError):
    """A form came from another site, or without the token that its page carried."""

    title = "The form could not be checked"


class BadLaunch(EdgeError):
    """What a learning management system sent is not a launch that counts; the sentence says what is wrong with it."""

    title = "This launch cannot be used"


class Unreachable(EdgeError):
    """An address that others gave us does not answer, or not as it should."""

    title = "No usable answer from the other side"


class BodyTooLarge(EdgeError, HTTPException):
    """The file in the body is larger than `limit` bytes.

    It is an HTTPException too, so that no reader of bodies turns it into a 400.
    """

    title = "Too large"

    def __init__(self, limit: int) -> None:
        EdgeError.__init__(self, f"This is larger than {limit:,} bytes, the most that is accepted.")
        self.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        self.detail = self.sentence
        self.headers = None

    def __str__(self) -> str:
        return self.sentence  # HTTPException would put the status in front of it
