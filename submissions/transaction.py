"""Everything that can be read and written in one transaction, repository by repository."""

from datetime import datetime

from sqlalchemy import Connection

from submissions.models import GradingReason, Place
from submissions.nudges import Nudges
from submissions.repository.accounts import Accounts
from submissions.repository.answers import Answers
from submissions.repository.backlog import Backlog
from submissions.repository.clocks import Clocks
from submissions.repository.courses import Courses
from submissions.repository.deliveries import Deliveries
from submissions.repository.erasure import Erasure
from submissions.repository.events import Events
from submissions.repository.examinations import Examinations
from submissions.repository.extensions import Extensions
from submissions.repository.gradings import Gradings
from submissions.repository.hosts import Hosts
from submissions.repository.identities import Identities
from submissions.repository.invitations import Invitations
from submissions.repository.jobs import Jobs
from submissions.repository.lti_endings import LtiEndings
from submissions.repository.lti_links import LtiLinks
from submissions.repository.lti_platforms import LtiPlatforms
from submissions.repository.lti_scores import LtiScores
from submissions.repository.mails import Mails
from submissions.repository.marks import Marks
from submissions.repository.merge import Merge
from submissions.repository.names import Names
from submissions.repository.password_tries import PasswordTries
from submissions.repository.person_rows import PersonRows
from submissions.repository.questions import Questions
from submissions.repository.regrades import Regrades
from submissions.repository.resets import Resets
from submissions.repository.retention import Retention
from submissions.repository.submissions import Submissions
from submissions.repository.ways_in import WaysIn
from submissions.repository.webhooks import Webhooks


class Transaction:
    """The repositories over one connection; valid inside the `with` block that gave it.

    nudges: tells workers elsewhere of gradings that wait, where the database does that.
    """

    def __init__(self, connection: Connection, nudges: Nudges | None = None) -> None:
        self.accounts = Accounts(connection)
        self.answers = Answers(connection)
        self.password_tries = PasswordTries(connection)
        self.resets = Resets(connection)
        self.ways_in = WaysIn(connection)
        self.identities = Identities(connection)
        self.invitations = Invitations(connection)
        self.mails = Mails(connection)
        self.courses = Courses(connection)
        self.submissions = Submissions(connection)
        self.gradings = Gradings(connection)
        self.queue = Jobs(connection, nudges)
        self.backlog = Backlog(connection)
        self.clocks = Clocks(connection)
        self.deliveries = Deliveries(connection)
        self.events = Events(connection)
        self.names = Names(connection)
        self.persons = PersonRows(connection)
        self.erasure = Erasure(connection)
        self.merge = Merge(connection)
        self.retention = Retention(connection)
        self.hosts = Hosts(connection)
        self.webhooks = Webhooks(connection)
        self.lti_platforms = LtiPlatforms(connection)
        self.lti_links = LtiLinks(connection)
        self.lti_scores = LtiScores(connection)
        self.lti_endings = LtiEndings(connection)
        self.extensions = Extensions(connection)
        self.marks = Marks(connection)
        self.questions = Questions(connection)
        self.regrades = Regrades(connection)
        self.examinations = Examinations(connection)

    def ask(
        self,
        submission_id: str,
        reason: GradingReason,
        place: Place,
        now: datetime,
        aside: bool = False,
        named: str | None = None,
    ) -> str:
        """Make a grading wait at its place and tell whoever grades; its id. aside, named: see Gradings.add."""
        grading_id = self.gradings.add(submission_id, reason, place, now, aside, named)
        self.queue.enqueue(grading_id, place)
        return grading_id

    def cancel(self, grading_id: str, now: datetime, why: str | None = None) -> bool:
        """End a grading unscored unless it has ended, and note it; whether it was still open."""
        cancelled = self.queue.cancel(grading_id, now, why)
        if cancelled:
            self.events.add("grading.cancelled", now, grading_id=grading_id)
        return cancelled
