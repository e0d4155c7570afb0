"""The settings as README.md shows them."""

from app.settings import PREFIX, Settings


def settings_table() -> str:
    """Every setting as the Markdown table that README.md carries; a test compares them."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.get_default()
        shown = "(empty)" if default in ("", None, ()) else f"`{default}`"
        rows.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)
