"""What every picture is: the drawing, the finding in words, and the values as a table."""

from dataclasses import dataclass

from markupsafe import Markup

from app.pages.pictures.svg import Attribute, element, group


@dataclass(frozen=True, slots=True)
class Table:
    """Values as text: `head` names the columns, the first cell of each row is its name.

    groups: (name, columns) over the columns after the first, where they belong together.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its text equivalents. `finding` is also the drawing's aria-label."""

    svg: Markup
    finding: str
    table: Table


def drawing(width: float, height: float, finding: str, /, *children: str, **attributes: Attribute) -> Markup:
    """An svg element of `width` x `height` pixels at scale 1 that says `finding` to those who do not see it."""
    return element(
        "svg",
        group(*children),
        **{"class_": "ch", "viewBox": f"0 0 {width:g} {height:g}", **attributes},
        role="img",
        aria_label=finding,
    )
