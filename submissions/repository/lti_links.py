"""What stands for what: people, courses and activities of platforms, and ours."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, select

from submissions.lti import LtiContext, LtiLink
from submissions.schema.lti_tables import lti_contexts, lti_links, lti_members, lti_people, lti_scores, lti_sessions

_OF_PERSON = (
    select(lti_links)
    .join(
        lti_members,
        (lti_members.c.platform_id == lti_links.c.platform_id) & (lti_members.c.context_id == lti_links.c.context_id),
    )
    .where(lti_links.c.course_assignment_id == bindparam("asked"), lti_members.c.user_id == bindparam("person"))
    .order_by(lti_links.c.id)
)


class LtiLinks:
    """The links of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, platform_id: str, subject: str) -> str | None:
        """The account of a person of a platform."""
        return self._connection.scalar(
            select(lti_people.c.user_id).where(lti_people.c.platform_id == platform_id, lti_people.c.subject == subject)
        )

    def add_person(self, platform_id: str, subject: str, user_id: str) -> None:
        """This person of the platform has that account."""
        self._connection.execute(lti_people.insert().values(platform_id=platform_id, subject=subject, user_id=user_id))

    def platforms_of(self, user_id: str) -> list[str]:
        """The platforms that open an account, one for each of their people who has it."""
        mine = lti_people.c.user_id == user_id
        return list(
            self._connection.scalars(select(lti_people.c.platform_id).where(mine).order_by(lti_people.c.subject))
        )

    def forget_person(self, platform_id: str, user_id: str) -> None:
        """No person of the platform has this account any more, and no score of it is owed there."""
        links = select(lti_links.c.id).where(lti_links.c.platform_id == platform_id)
        for which in (
            lti_scores.delete().where(lti_scores.c.link_id.in_(links), lti_scores.c.user_id == user_id),
            lti_members.delete().where(lti_members.c.platform_id == platform_id, lti_members.c.user_id == user_id),
            lti_people.delete().where(lti_people.c.platform_id == platform_id, lti_people.c.user_id == user_id),
        ):
            self._connection.execute(which)

    def add_member(self, platform_id: str, context_id: str, user_id: str) -> None:
        """This person is in that course of the platform."""
        mine = (
            (lti_members.c.platform_id == platform_id)
            & (lti_members.c.context_id == context_id)
            & (lti_members.c.user_id == user_id)
        )
        if self._connection.execute(select(lti_members).where(mine)).one_or_none() is None:
            self._connection.execute(
                lti_members.insert().values(platform_id=platform_id, context_id=context_id, user_id=user_id)
            )

    def context(self, platform_id: str, context_id: str) -> LtiContext | None:
        """The course of a platform, if it is connected."""
        row = self._connection.execute(
            select(lti_contexts).where(
                lti_contexts.c.platform_id == platform_id, lti_contexts.c.context_id == context_id
            )
        ).one_or_none()
        return None if row is None else _context_of(row)

    def contexts_of(self, course_id: str) -> list[LtiContext]:
        """The courses of platforms that this course of ours stands for."""
        rows = self._connection.execute(select(lti_contexts).where(lti_contexts.c.course_id == course_id))
        return [_context_of(row) for row in rows]

    def contexts_at(self, platform_id: str) -> list[LtiContext]:
        """The courses of a platform that are connected."""
        rows = self._connection.execute(select(lti_contexts).where(lti_contexts.c.platform_id == platform_id))
        return [_context_of(row) for row in rows]

    def connect(self, platform_id: str, context_id: str, course_id: str, memberships_url: str | None) -> None:
        """Connect a course of a platform with one of ours, or remember where its roster is now."""
        mine = (lti_contexts.c.platform_id == platform_id) & (lti_contexts.c.context_id == context_id)
        changed = lti_contexts.update().where(mine).values(course_id=course_id, memberships_url=memberships_url)
        if self._connection.execute(changed).rowcount == 0:
            self._connection.execute(
                lti_contexts.insert().values(
                    platform_id=platform_id, context_id=context_id, course_id=course_id, memberships_url=memberships_url
                )
            )

    def link(self, platform_id: str, context_id: str, resource_link_id: str) -> LtiLink | None:
        """The activity, if it is known which assignment it opens."""
        row = self._connection.execute(
            select(lti_links).where(
                lti_links.c.platform_id == platform_id,
                lti_links.c.context_id == context_id,
                lti_links.c.resource_link_id == resource_link_id,
            )
        ).one_or_none()
        return None if row is None else link_of(row)

    def links_of(self, course_assignment_id: str) -> list[LtiLink]:
        """Every activity that opens an assignment."""
        rows = self._connection.execute(
            select(lti_links).where(lti_links.c.course_assignment_id == course_assignment_id).order_by(lti_links.c.id)
        )
        return [link_of(row) for row in rows]

    def links_of_person(self, course_assignment_id: str, user_id: str) -> list[LtiLink]:
        """The activities that open an assignment, in the courses of platforms that this person is in."""
        mine = {"asked": course_assignment_id, "person": user_id}
        return [link_of(row) for row in self._connection.execute(_OF_PERSON, mine)]

    def members_of(self, course_assignment_id: str) -> set[str]:
        """Who is in a course of a platform in which an activity opens the assignment: their scores can go there."""
        ids = self._connection.scalars(
            select(lti_members.c.user_id)
            .join(
                lti_links,
                (lti_members.c.platform_id == lti_links.c.platform_id)
                & (lti_members.c.context_id == lti_links.c.context_id),
            )
            .where(lti_links.c.course_assignment_id == course_assignment_id)
        )
        return set(ids)

    def put_link(
        self,
        platform_id: str,
        context_id: str,
        resource_link_id: str,
        course_assignment_id: str,
        line_item_url: str | None,
    ) -> LtiLink:
        """Remember what an activity opens and where its scores go; an address once given is kept until another is."""
        known = self.link(platform_id, context_id, resource_link_id)
        if known is not None:
            kept = LtiLink(
                known.id,
                platform_id,
                context_id,
                resource_link_id,
                course_assignment_id,
                line_item_url or known.line_item_url,
            )
            if kept != known:
                self._connection.execute(
                    lti_links.update()
                    .where(lti_links.c.id == known.id)
                    .values(course_assignment_id=course_assignment_id, line_item_url=kept.line_item_url)
                )
            return kept
        link = LtiLink(uuid4().hex, platform_id, context_id, resource_link_id, course_assignment_id, line_item_url)
        self._connection.execute(
            lti_links.insert().values(
                id=link.id,
                platform_id=platform_id,
                context_id=context_id,
                resource_link_id=resource_link_id,
                course_assignment_id=course_assignment_id,
                line_item_url=line_item_url,
            )
        )
        return link

    def frame_session(self, token_sha256: str, frame_origin: str) -> None:
        """This session lives in a frame of those origins, separated by spaces."""
        self._connection.execute(lti_sessions.insert().values(token_sha256=token_sha256, frame_origin=frame_origin))

    def frame_origin(self, token_sha256: str) -> str | None:
        """The origins whose frames a session may live in; None for one with a window of its own."""
        return self._connection.scalar(
            select(lti_sessions.c.frame_origin).where(lti_sessions.c.token_sha256 == token_sha256)
        )


def link_of(row: Row[Any]) -> LtiLink:
    """The link in a row that selects its table."""
    return LtiLink(
        row.id,
        row.platform_id,
        row.context_id,
        row.resource_link_id,
        row.course_assignment_id,
        row.line_item_url,
    )


def _context_of(row: Row[Any]) -> LtiContext:
    return LtiContext(row.platform_id, row.context_id, row.course_id, row.memberships_url)
