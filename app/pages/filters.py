"""Template filters, as one visible table: name in the template -> function."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from markupsafe import Markup, escape

from app.pages import mathml, numbers, times
from app.pages.pictures.svg import element
from app.pages.printable import printable
from app.pages.role_words import role_word
from app.pages.verdicts import ICONS, SHARE_ICONS, Share, share, tone
from grader import messages
from grader.report import Evidence, Verdict

PRODUCTS = {"chainrule": "Chainrule", "numpy": "NumPy", "python": "Python"}


def sentence_html(sentence: str, names: Iterable[str] = ()) -> Markup:
    """A sentence, escaped, with `backticks` and the given `names` (of functions and tensors) set as code."""
    wanted = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(set(names), key=len, reverse=True) if name)
    pattern = re.compile(r"`([^`]+)`" + (f"|({wanted})" if wanted else ""))
    done, end = Markup(), 0
    text = printable(sentence)
    for match in pattern.finditer(text):
        done += escape(text[end : match.start()]) + element("code", match.group().strip("`"))
        end = match.end()
    return done + escape(text[end:])


def difference(value: float) -> Markup:
    """A relative difference as 2.2 × 10⁻¹⁶, or 0, or NaN."""
    parts = numbers.scientific(value)
    if parts is None:
        return escape(numbers.plain(value))
    mantissa, exponent = parts
    return escape(f"{mantissa} × 10") + element("sup", exponent)


def first_capital(text: str) -> str:
    """`text` with its first letter in capitals and the rest as it is."""
    return text[:1].upper() + text[1:]


def product(name: str) -> str:
    """How a component spells its own name."""
    return PRODUCTS.get(name, name)


def answer(value: Evidence, name: str) -> Markup:
    """A result as MathML: name = value, or the value alone where the result has no name."""
    return mathml.equation(name, value) if name else mathml.quantity(value)


def verdict_icon(verdict: Verdict) -> str:
    """Name of the icon of a verdict."""
    return ICONS[verdict]


def share_icon(earned: Share) -> str:
    """Name of the icon of full, some or no points."""
    return SHARE_ICONS[earned]


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "answer": answer,
        "clock_time": times.clock_time,
        "day_and_time": times.day_and_time,
        "difference": difference,
        "distance": times.distance,
        "equation": mathml.equation,
        "first_capital": first_capital,
        "fraction": numbers.fraction,
        "listed": numbers.listed,
        "plain": numbers.plain,
        "points": numbers.points,
        "printable": printable,
        "product": product,
        "role_word": role_word,
        "seconds": numbers.seconds,
        "shape_text": mathml.shape_text,
        "share": share,
        "share_icon": share_icon,
        "short_date": times.short_date,
        "signed": numbers.signed,
        "size": numbers.size,
        "sentence_html": sentence_html,
        "spelled": numbers.spelled,
        "tone": tone,
        "verdict_icon": verdict_icon,
        "verdict_word": messages.verdict_word,
        "zone_name": times.zone_name,
    }
)
