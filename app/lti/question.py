"""What staff are asked about a launch before it can go on, kept under a ticket until they answer."""

from dataclasses import asdict, dataclass

from app.context import Context
from app.errors import BadLaunch
from app.lti.launch import Launch
from app.lti.sessions import TICKET_LASTS
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Role, User

PATH = "/lti/questions"
_KIND = "lti question"


@dataclass(frozen=True, slots=True)
class Question:
    """A launch that waits for an answer of the person `user_id`. return_url: for one that chooses (deep linking).

    role: what the platform says that this person is in its course; a question kept by an older version does not say.
    """

    user_id: str
    platform_id: str
    deployment_id: str
    context_id: str
    context_title: str
    resource_link_id: str
    resource_link_title: str
    line_item_url: str | None
    memberships_url: str | None
    return_url: str | None
    data: str | None
    role: Role = Role.STUDENT

    @property
    def chooses(self) -> bool:
        """Whether the chosen assignment goes back to the platform."""
        return self.return_url is not None


def ask(context: Context, tx: Transaction, launch: Launch, user: User) -> str:
    """Keep the launch; the secret under which it is found again."""
    question = Question(
        user.id,
        launch.platform.id,
        launch.deployment_id,
        launch.context_id,
        launch.context_title,
        launch.resource_link_id,
        launch.resource_link_title,
        launch.line_item_url,
        launch.memberships_url,
        launch.deep_linking.return_url if launch.deep_linking else None,
        launch.deep_linking.data if launch.deep_linking else None,
        launch.role,
    )
    secret, now = new_secret(), context.clock()
    tx.lti_platforms.add_ticket(digest(secret), _KIND, asdict(question), now, now + TICKET_LASTS)
    return secret


def asked(context: Context, tx: Transaction, secret: str, user: User) -> Question:
    """The launch that waits, for the person who was asked. Raises BadLaunch."""
    found = tx.lti_platforms.ticket(digest(secret), _KIND, context.clock())
    if found is None or found["user_id"] != user.id:
        raise BadLaunch(_("This question is from an earlier launch. Launch again from your course."))
    return Question(**{**found, "role": Role(found.get("role", Role.STUDENT))})


def hand_over(context: Context, tx: Transaction, target: str, before: User, after: User) -> None:
    """The question at this address, if it is one and waits for the account `before`, waits for `after` from now on."""
    path, _slash, secret = target.rpartition("/")
    now = context.clock()
    found = tx.lti_platforms.ticket(digest(secret), _KIND, now) if path == PATH else None
    if found is not None and found["user_id"] == before.id:
        tx.lti_platforms.use_ticket(digest(secret), _KIND, now)
        tx.lti_platforms.add_ticket(digest(secret), _KIND, {**found, "user_id": after.id}, now, now + TICKET_LASTS)


def answered(context: Context, tx: Transaction, secret: str) -> None:
    """The question is settled."""
    tx.lti_platforms.use_ticket(digest(secret), _KIND, context.clock())
