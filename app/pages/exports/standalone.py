"""A picture as a file of its own: the drawing with the colours it has on a light page, and nothing outside it."""

import re
from functools import cache
from pathlib import Path

from app.pages.pictures.picture import Picture

STATIC = Path(__file__).parents[1] / "static"
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")


def standalone(picture: Picture) -> str:
    """An SVG document that looks the same in any program."""
    opening, rest = str(picture.svg).split(">", 1)
    width, height = re.findall(r'viewBox="0 0 (\S+) (\S+)"', opening)[0]
    opening = opening.replace("<svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"', 1)
    paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return f"{opening}><style>{_style()}</style>{paper}{rest}\n"


@cache
def _style() -> str:
    """The rules of charts.css with the values of the light theme in them."""
    tokens = (STATIC / "tokens.css").read_text().split("@media", 1)[0]
    values = dict(DEFINED.findall(tokens))
    sheets = (STATIC / "charts.css").read_text() + (Path(__file__).parent / "figure.css").read_text()
    rules = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    for _ in range(2):  # a font is a variable of a variable
        rules = VARIABLE.sub(lambda match: values[match.group(1)], rules)
    return re.sub(r"\s+", " ", rules).replace('"', "'")
