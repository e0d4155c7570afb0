"""What can go wrong between an upload and its grade; every one has a `sentence` for people.

SubmissionsError
├── RejectedUpload        the bytes cannot be graded; `reasons` holds every cause with a stable code
├── SubmissionRefused     the bytes may be fine, the moment is not
│   ├── NotOpenYet
│   ├── DeadlinePassed
│   └── AttemptsUsed
├── IdempotencyConflict   the key was used before for something else
├── AlreadyThere
│   ├── EmailTaken
│   ├── PlatformKnown
│   └── SlugTaken
├── AlreadyUsed           what students handed work in for cannot be removed
├── RegradeRefused        this regrade cannot be applied, undone or discarded as it stands
├── GradingAgainRefused   this submission cannot be graded again by itself
├── LastInstructor        a course keeps an instructor
├── AddressUnproved       nobody has proved that an address is theirs, so it names no staff
├── LinkUnusable          a link in a mail does nothing (any more)
│   ├── InvitationGone        unknown, taken back, run out, or used by somebody else
│   ├── InvitationForAnother  it is for another address than this account's
│   └── ResetGone             unknown, run out, or used
├── BackupRefused         a backup cannot be made, is damaged, or may not be put in place
├── Postponed             raised by a handler: this cannot be graded now, and that is no attempt
├── AssignmentUnusable    raised by a handler: the assignment's folder is gone, invalid, or fails on its own
└── DatabaseUnsuitable
    ├── NetworkFileSystem     the embedded database is on a file system that several hosts can share
    ├── SecondHost            another host works on the embedded database
    └── SchemaTooOld          `chainrule migrate` has not run
"""

from dataclasses import dataclass
from datetime import datetime

from grader.translation import gettext as _
from grader.translation import ngettext
from submissions.dates import moment_in_words


class SubmissionsError(Exception):
    """Root of this package's errors; `sentence` is one plain sentence for the person concerned."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of a refusal: a stable code and a sentence for the student."""

    code: str
    sentence: str


class RejectedUpload(SubmissionsError):
    """The upload cannot be graded; `reasons` holds every cause found, at least one."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.reasons = reasons


class SubmissionRefused(SubmissionsError):
    """The policy of the assignment says no."""


class NotOpenYet(SubmissionRefused):
    """The assignment opens at `opens_at`."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(_("This assignment opens on {moment}.", moment=moment_in_words(opens_at)))
        self.opens_at = opens_at


class DeadlinePassed(SubmissionRefused):
    """The assignment was due at `due_at`."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(_("The deadline of this assignment was {moment}.", moment=moment_in_words(due_at)))
        self.due_at = due_at


class AttemptsUsed(SubmissionRefused):
    """All `allowed` attempts are used; `next_at` is when one comes back, None for never."""

    def __init__(self, allowed: int, next_at: datetime | None = None) -> None:
        super().__init__(_attempts_used(allowed, next_at))
        self.allowed = allowed
        self.next_at = next_at


class IdempotencyConflict(SubmissionsError):
    """The idempotency key came before with other content."""

    def __init__(self) -> None:
        super().__init__(
            _("This idempotency key was used before for another upload; send a new key with a new upload.")
        )


class AlreadyThere(SubmissionsError):
    """A name that must be unique is taken."""


class EmailTaken(AlreadyThere):
    """An account with this address exists."""

    def __init__(self, email: str) -> None:
        super().__init__(_("An account with the address {email} exists already.", email=email))


class PlatformKnown(AlreadyThere):
    """There is a registration of this issuer and client already."""

    def __init__(self, issuer: str, client_id: str) -> None:
        super().__init__(
            _(
                "The platform {issuer} is registered already with the client id {client_id}.",
                issuer=issuer,
                client_id=client_id,
            )
        )


class SlugTaken(AlreadyThere):
    """A course, or an assignment of the course, with this slug exists."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("The name {slug} is taken already.", slug=slug))


class AlreadyUsed(SubmissionsError):
    """Something was handed in for what should be removed."""

    def __init__(self, title: str, count: int) -> None:
        super().__init__(
            ngettext(
                "{title} stays: {n} submission was handed in for it. Hide it instead.",
                "{title} stays: {n} submissions were handed in for it. Hide it instead.",
                count,
                title=title,
                n=count,
            )
        )


class RegradeRefused(SubmissionsError):
    """A regrade is not in a state in which this can be done to it."""


class GradingAgainRefused(SubmissionsError):
    """It has a result, waits for one already, or this person may not ask for it."""


class LastInstructor(SubmissionsError):
    """The course would be left without an instructor."""

    def __init__(self) -> None:
        super().__init__(_("A course keeps at least one instructor. Make somebody else one first."))


class AddressUnproved(SubmissionsError):
    """An account is to be staff because of its address, and nobody has proved that the address is theirs."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _(
                "Nobody has proved that {email} is theirs: the account that has it may be another's. Invite the "
                "address as staff instead.",
                email=email,
            )
        )


class LinkUnusable(SubmissionsError):
    """A link that somebody was sent does nothing (any more)."""


class InvitationGone(LinkUnusable):
    """No invitation that can be accepted has this link."""

    def __init__(self) -> None:
        super().__init__(_("This invitation is not valid (any more): it was used or taken back, or it is too old."))


class InvitationForAnother(LinkUnusable):
    """The invitation is for another address than the account's."""

    def __init__(self, email: str) -> None:
        super().__init__(
            _("This invitation is for {email}. Sign in with the account of that address to accept it.", email=email)
        )
        self.email = email


class ResetGone(LinkUnusable):
    """No reset that can be used has this link."""

    def __init__(self) -> None:
        super().__init__(_("This link is not valid (any more): it works once, for one hour. Ask for a new one."))


class BackupRefused(SubmissionsError):
    """A backup cannot be made, is not one, is damaged, or may not be put in place; nothing was changed."""


class Postponed(SubmissionsError):
    """A handler cannot grade anything now (a wall of the sandbox does not hold): the job waits, no attempt is spent."""


class AssignmentUnusable(SubmissionsError):
    """Nothing can be graded with the assignment as it is: the course's fault; the sentence is for staff."""


class DatabaseUnsuitable(SubmissionsError):
    """The database cannot be used as it is; the sentence is for the operator."""


class NetworkFileSystem(DatabaseUnsuitable):
    """The embedded database lies on a network file system, where SQLite's locks and WAL do not hold."""

    def __init__(self, path: str, kind: str) -> None:
        super().__init__(
            f"The embedded database {path} is on a network file system ({kind}), where SQLite does not keep its "
            "promises. Put CHAINRULE_DATA_DIR on a local disk."
        )


class SecondHost(DatabaseUnsuitable):
    """Another host works on the embedded database."""

    def __init__(self, other: str) -> None:
        super().__init__(
            f"Another host ({other}) works on this embedded database at this moment. The embedded database serves one "
            "host; stop the other workers first."
        )


class SchemaTooOld(DatabaseUnsuitable):
    """The tables are not those of this version."""

    def __init__(self) -> None:
        super().__init__("The database is not at this version's schema. Run `chainrule migrate`.")


def _attempts_used(allowed: int, next_at: datetime | None) -> str:
    if next_at is None:
        return ngettext(
            "You have used the one attempt of this assignment.",
            "You have used all {n} attempts of this assignment.",
            allowed,
            n=allowed,
        )
    return ngettext(
        "You have used the one attempt of this assignment; the next one comes back on {moment}.",
        "You have used all {n} attempts of this assignment; the next one comes back on {moment}.",
        allowed,
        n=allowed,
        moment=moment_in_words(next_at),
    )
