"""The score as a strip: one segment a part, as wide as its points, filled as far as they were earned."""

from collections.abc import Sequence

from markupsafe import Markup

from app.pages.numbers import points
from app.pages.pictures.picture import Picture, Table
from app.pages.pictures.svg import element, group, text
from grader.report import PartResult
from grader.translation import gettext as _

HEIGHT = 44
BAR = 10
GAP_PERCENT = 0.5
LABEL_GAP_PERCENT = 0.6  # a name that is cut ends visibly before the next one begins


def points_strip(parts: Sequence[PartResult]) -> Picture:
    """The strip of a report's parts. Positions are percentages, so that the text is not stretched with the bar."""
    total = sum(part.points.maximum for part in parts)
    finding = _("Score by part: {parts}", parts=", ".join(map(_said, parts)))
    marks: list[Markup] = []
    start = 0.0
    for index, part in enumerate(parts):
        share = 100 * part.points.maximum / total if total else 100 / len(parts)
        width = max(share - (GAP_PERCENT if index < len(parts) - 1 else 0), GAP_PERCENT)
        earned = width * part.points.given / part.points.maximum if part.points.maximum else width
        marks.append(_bar("seg-lost", start, width))
        if earned > 0:
            marks.append(_bar("seg-on", start, earned))
        label = element(
            "svg",
            text(0, 11, part.name, "seg-name"),
            text(0, 26, f"{points(part.points.given)} / {points(part.points.maximum)}"),
            class_="seg-label",
            x=_percent(start),
            y=BAR + 6,
            width=_percent(max(share - LABEL_GAP_PERCENT, GAP_PERCENT)),
            height=HEIGHT - BAR - 6,
        )
        marks.append(label)
        start += share
    svg = element("svg", group(*marks), class_="strip", width="100%", height=HEIGHT, role="img", aria_label=finding)
    rows = tuple((part.name, points(part.points.given), points(part.points.maximum)) for part in parts)
    return Picture(svg, finding, Table(_("Points by part."), (_("part"), _("points"), _("of")), rows))


def _said(part: PartResult) -> str:
    given, maximum = points(part.points.given), points(part.points.maximum)
    return _("{part} {given} of {maximum}", part=part.name, given=given, maximum=maximum)


def _bar(class_: str, start: float, width: float) -> Markup:
    return element("rect", class_=class_, x=_percent(start), y=0, width=_percent(width), height=BAR)


def _percent(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") + "%"
