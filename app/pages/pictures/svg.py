"""Writes SVG elements as escaped text, so that no picture ever concatenates markup with a value by hand."""

from markupsafe import Markup, escape

Attribute = str | float | int | None


def element(name: str, *children: str, **attributes: Attribute) -> Markup:
    """One element. Children that are not Markup are text and are escaped; None leaves an attribute out.

    `class_` becomes class; an underscore in any other attribute becomes a hyphen. Numbers get at most 2 decimals.
    """
    written = "".join(
        f' {_attribute(key)}="{escape(_value(value))}"' for key, value in attributes.items() if value is not None
    )
    inside = "".join(str(escape(child)) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704  # every part above went through escape()


def group(*children: str) -> Markup:
    """What is drawn for the eye only; screen readers get the label of the picture instead."""
    return element("g", *children, aria_hidden="true")


def text(x: float, y: float, words: str, class_: str | None = None) -> Markup:
    """A line of text with its baseline at (x, y)."""
    return element("text", words, x=x, y=y, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str, **attributes: Attribute) -> Markup:
    """A straight stroke."""
    return element("path", class_=class_, d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", **attributes)


def polyline(points: list[tuple[float, float]], class_: str) -> Markup:
    """Straight strokes through `points`, in pixels."""
    return element("path", class_=class_, d="M" + " ".join(f"{number(x)} {number(y)}" for x, y in points))


def number(value: float) -> str:
    """A coordinate with at most 2 decimals and no needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _attribute(key: str) -> str:
    if key == "class_":
        return "class"
    if key in {"viewBox", "preserveAspectRatio"}:
        return key
    return key.replace("_", "-")


def _value(value: str | float) -> str:
    return number(value) if isinstance(value, float) else str(value)
