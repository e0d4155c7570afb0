"""The page of what a list of people would do, line by line, and of everything that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from app.access import membership
from app.context import Context
from app.errors import BadForm
from app.pages.numbers import listed as joined
from app.pages.numbers import spelled
from app.pages.render import render
from app.pages.role_words import role_word
from app.people.roster_csv import LineProblem, Listed, RosterList, read_roster
from app.people.text_files import GUESSED, decoded
from app.permissions import Action
from grader.translation import gettext as _
from grader.translation import ngettext
from submissions.database import Transaction
from submissions.errors import LastInstructor
from submissions.models import Course, LoginSession, Role

MOST_NAMED = 6
"""Columns that are named of those that are left out."""


@dataclass(frozen=True, slots=True)
class SentList:
    """A list as it was sent. problem: why it is none at all, or is refused whole. guessed: whether its encoding is."""

    text: str
    problem: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What a line of the list would do; `before` is the role that the person has now, None for who is not here.

    differs: whether the account of the address has another name, which a list does not change. person: its id, where
    its page can be opened.
    """

    listed: Listed
    before: Role | None
    words: str
    differs: bool = False
    person: str = ""

    @property
    def adds(self) -> bool:
        """Whether somebody joins."""
        return self.before is None

    @property
    def changes(self) -> bool:
        """Whether somebody who is here gets another role."""
        return self.before not in (None, self.listed.role)


async def sent_list(form: FormData) -> SentList:
    """The pasted list or the chosen file, and what is wrong with it as a whole."""
    said = form.get("people")
    text = said if isinstance(said, str) else ""
    chosen = form.get("file")
    if not (isinstance(chosen, UploadFile) and chosen.filename):
        return SentList(text)
    if text.strip():
        return SentList(text, _("There is a file and a pasted list, and only one of them can be meant. Send one."))
    try:
        text, encoding = decoded(await chosen.read(), "file")
    except BadForm as error:
        return SentList("", error.sentence)
    return SentList(text, guessed=encoding == GUESSED)


def preview_page(
    request: Request, context: Context, login: LoginSession, course: str, sent: SentList, status: int = 422
) -> Response:
    """The page; `status` where there is a problem. Raises NotAllowed or NotFound."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.MANAGE_PEOPLE)
        found = _read(tx, member.course, sent)
        steps = _steps(tx, member.course, found)
    return render(
        request,
        "people_preview.html",
        status if found.problems else 200,
        login=login,
        course=member.course,
        found=found,
        steps=steps,
        adds=sum(step.adds for step in steps),
        changes=sum(step.changes for step in steps),
        left_out=_named(found.left_out),
        differing=sum(step.differs for step in steps),
        text=sent.text,
        guessed=sent.guessed,
        now=context.clock(),
    )


def _named(heads: Sequence[str]) -> str:
    """The first of them, and how many more there are: a gradebook has one for everything that was ever graded."""
    named = [_("“{head}”", head=head) for head in heads[:MOST_NAMED]]
    more = len(heads) - len(named)
    return joined([*named, ngettext("{n} more", "{n} more", more, n=spelled(more))] if more else named)


def _read(tx: Transaction, course: Course, sent: SentList) -> RosterList:
    if sent.problem:
        return RosterList((), (LineProblem(0, sent.problem),))
    found = read_roster(sent.text)
    before = {one.user.email: one.role for one in tx.courses.people(course)}
    after = {**before, **{one.email: one.role for one in found.people}}
    if Role.INSTRUCTOR in before.values() and Role.INSTRUCTOR not in after.values():
        return replace(found, problems=(*found.problems, LineProblem(0, LastInstructor().sentence)))
    return found


def _steps(tx: Transaction, course: Course, found: RosterList) -> list[Step]:
    here = {one.user.email: one for one in tx.courses.people(course)}
    steps = []
    for listed in found.people:
        known = here.get(listed.email)
        before, user = (known.role, known.user) if known else (None, tx.accounts.by_email(listed.email))
        if before is listed.role:
            words = _("is here already")
        elif before is not None:
            words = _(
                "is here already, as {before}; becomes {after}", before=role_word(before), after=role_word(listed.role)
            )
        else:
            words = _("joins") if user else _("joins with a new account")
        differs = user is not None and user.name != listed.name
        # Of somebody who is not here yet, the name that an account of this address has is not for this staff to see.
        if known and differs:
            words = _("{what}; called {name} here, which stays", what=words, name=known.user.name)
        steps.append(Step(listed, before, words, bool(known) and differs, known.user.id if known else ""))
    return steps
