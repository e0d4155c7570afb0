"""What stands in a cell: numbers as every importer reads them, and text that no spreadsheet runs as a formula."""

import math

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text(value: str) -> str:
    """`value` with an apostrophe in front where a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    return "'" + value if value.lstrip(" ").startswith(FORMULA_STARTS) else value


def plain(cell: str) -> str:
    """The value that `text` wrote as `cell`."""
    return cell[1:] if cell.startswith("'") and text(cell[1:]) == cell else cell


def points(value: float | None, decimals: int = 4) -> str:
    """Points without trailing zeros; empty for none."""
    return "" if value is None else f"{value:.{decimals}f}".rstrip("0").rstrip(".") or "0"


def number(cell: str) -> float | None:
    """The number in a cell, however the exporter groups its digits: 1,000.5 and 1.000,5 and 82,5; None for none."""
    digits = cell.strip().removesuffix("%").rstrip()
    if digits.rfind(",") > digits.rfind(".") and not (digits[-4:-3] == "," and digits[-3:].isdigit()):
        digits = digits.replace(".", "").replace(",", ".")
    try:
        value = float(digits.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
