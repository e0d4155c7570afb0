"""What stands in a cell: numbers as every importer reads them, and text that no spreadsheet runs as a formula."""

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
