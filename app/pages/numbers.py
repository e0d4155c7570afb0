"""How numbers are written for people: points, accuracies, exponents, counts."""

import math
from collections.abc import Sequence

from grader.translation import gettext as _
from grader.translation import gettext_noop, ngettext

MINUS = "\N{MINUS SIGN}"
WORDS = (
    gettext_noop("no"),
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
    gettext_noop("ten"),
    gettext_noop("eleven"),
    gettext_noop("twelve"),
)


def points(value: float) -> str:
    """Points without needless decimals: 74, 12.5, 6.67."""
    return _minus(f"{value:.2f}".rstrip("0").rstrip("."))


def plural_count(value: float) -> int:
    """The count whose plural goes with a number that need not be whole: 12.5 points as several points."""
    return int(abs(value)) if value == int(value) else 2


def in_points(value: float) -> str:
    """1 point, 12.5 points."""
    return ngettext("{n} point", "{n} points", plural_count(value), n=points(value))


def signed(value: float) -> str:
    """A change of points with its sign: +4, −2, 0."""
    return f"+{points(value)}" if value > 0 else points(value)


def fraction(value: float) -> str:
    """An accuracy with three decimals and no leading zero, .960; 1.000 stays."""
    if not math.isfinite(value):
        return plain(value)
    return f"{value:.3f}".removeprefix("0")


def plain(value: float, digits: int = 4) -> str:
    """A number with `digits` significant digits; NaN and infinities by name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    return _minus(f"{value:.{digits}g}")


def scientific(value: float) -> tuple[str, str] | None:
    """Mantissa and exponent of a nonzero finite number, such as ("2.2", "−16"); None otherwise."""
    if not math.isfinite(value) or value == 0:
        return None
    mantissa, exponent = f"{value:.1e}".split("e")
    return _minus(mantissa), _minus(str(int(exponent)))


def spelled(count: int) -> str:
    """A count as a word up to twelve, as digits from there."""
    return _(WORDS[count]) if 0 <= count < len(WORDS) else str(count)


def listed(names: Sequence[str]) -> str:
    """Joined as in a sentence: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def size(size_bytes: int) -> str:
    """A file size in bytes, kB or MB (powers of 1000)."""
    if size_bytes < 1000:
        return ngettext("{n} byte", "{n} bytes", size_bytes, n=size_bytes)
    if size_bytes < 1_000_000:
        thousands = f"{size_bytes / 1000:.1f}"
        return _("{size} kB", size=thousands)
    millions = f"{size_bytes / 1_000_000:.1f}"
    return _("{size} MB", size=millions)


def seconds(value: float) -> str:
    """A duration with as many digits as matter: 0.04 s, 3.1 s, 41 s, 2 min."""
    if value < 0.995:
        return f"{value:.2f} s"
    if value < 9.95:
        return f"{value:.1f} s"
    if value < 120:
        return f"{value:.0f} s"
    return f"{value / 60:.0f} min"


def _minus(written: str) -> str:
    written = written.replace("-", MINUS)
    return "0" if written == MINUS + "0" else written
