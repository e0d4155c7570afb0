"""What a platform's gradebook shows of our scores (Assignment and Grade Services 2.0, results)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from app.errors import Unreachable
from app.lti.names import RESULT_SCOPE, RESULTS_TYPE
from app.lti.service import Service
from grader.translation import gettext as _
from submissions.lti import Platform

MOST_PAGES = 200

SAME_POINTS = 5e-5
"""Half of the last of our four decimals. A platform that keeps fewer seems to have another, and gets ours again."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the gradebook shows for a person. given is None where it shows nothing."""

    subject: str
    given: float | None
    maximum: float
    comment: str

    def is_score(self, given: float, maximum: float) -> bool:
        """Whether it is this score; a gradebook may count to another maximum."""
        if self.given is None or self.maximum <= 0:
            return False
        return abs(self.given / self.maximum * maximum - given) <= SAME_POINTS


def results(service: Service, platform: Platform, line_item_url: str, subject: str | None = None) -> list[Result]:
    """Everybody's results of a line item, page by page, or those of one person. Raises Unreachable."""
    url = results_address(line_item_url, subject)
    found: list[Result] = []
    most = MOST_PAGES if subject is None else 1  # who answers for one person with several pages is not asked on
    for _page in range(most):
        answer = service.get(platform, (RESULT_SCOPE,), url, RESULTS_TYPE)
        if not answer.succeeded:
            raise Unreachable(
                _(
                    "{platform} gives no results: it answers {status} ({answer}).",
                    platform=platform.name,
                    status=answer.status,
                    answer=answer.text(),
                )
            )
        page = answer.json()
        if not isinstance(page, list):
            raise Unreachable(_("What {platform} gives are no results.", platform=platform.name))
        found += [_result(entry) for entry in page if isinstance(entry, dict) and entry.get("userId")]
        following = answer.links.get("next")
        if not following:
            return [one for one in found if subject in (None, one.subject)]
        url = following
    raise Unreachable(_("The results of {platform} have more than {most} pages.", platform=platform.name, most=most))


def results_address(line_item_url: str, subject: str | None = None) -> str:
    """Where a line item shows results: /results goes behind its path, in front of what follows the path."""
    parts = urlsplit(line_item_url)
    query = "&".join(filter(None, (parts.query, urlencode({"user_id": subject}) if subject else "")))
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/results", query, ""))


def _result(entry: dict[str, Any]) -> Result:
    comment = entry.get("comment")
    return Result(
        str(entry["userId"]),
        _number(entry.get("resultScore")),
        _number(entry.get("resultMaximum")) or 1.0,  # what the specification says where it is left out
        comment if isinstance(comment, str) else "",
    )


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value)
    except OverflowError:  # of a whole number with hundreds of digits
        return None
