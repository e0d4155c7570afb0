"""A student's scores attempt by attempt, as a line."""

from collections.abc import Sequence

from markupsafe import Markup

from app.pages.numbers import points
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, line, polyline, text
from grader.translation import gettext as _

WIDTH, HEIGHT = 306, 114
LEFT, RIGHT, TOP, BOTTOM = 50, 270, 20, 92


def score_history(scores: Sequence[tuple[int, float]], maximum: float) -> Picture:
    """Scores as (attempt number, points), oldest first; needs at least one."""
    said = "; ".join(_("attempt {number}, {score}", number=number, score=points(score)) for number, score in scores)
    finding = _("Your scores: {scores} of {maximum}", scores=said, maximum=points(maximum))
    step = (RIGHT - LEFT) / max(len(scores) - 1, 1)
    places = [
        (LEFT + index * step, BOTTOM - (BOTTOM - TOP) * score / maximum) for index, (_, score) in enumerate(scores)
    ]
    marks: list[Markup] = []
    for level in (0.0, maximum):
        y = BOTTOM - (BOTTOM - TOP) * level / maximum
        marks += [line(24, y, WIDTH, y, "gr"), text(18, y + 4, points(level), "e")]
    if len(places) > 1:
        marks.append(polyline(places, "you"))
    every = 1 + len(scores) // 6  # more than six labels would touch
    for index, ((x, y), (number, score)) in enumerate(zip(places, scores, strict=True)):
        last = index == len(scores) - 1
        marks.append(element("circle", class_="you", cx=x, cy=y, r=4))
        if last or index % every == 0:
            marks.append(text(x, y - 9, points(score), "ty m" if last else "t2 m"))
            label = _("attempt {number}", number=number) if len(scores) < 4 else str(number)
            marks.append(text(x, HEIGHT - 4, label, "m"))
    rows = tuple((str(number), points(score)) for number, score in scores)
    table = Table(_("Your score in each attempt."), (_("attempt"), _("points")), rows)
    return Picture(drawing(WIDTH, HEIGHT, finding, *marks), finding, table)
