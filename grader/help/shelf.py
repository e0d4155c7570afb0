"""All pages of help, read once from the folder of their family beside this file."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from grader.errors import MalformedHelp
from grader.help.page import HelpPage, read_page
from grader.phrases import SENTENCES

FAMILIES: Mapping[str, str] = {
    "running": "Loading and running",
    "results": "What comes back",
    "scale": "Factors, signs and formulas",
    "activation": "Activations",
    "softmax": "Softmax",
    "linear": "Linear layers",
    "loss": "The loss",
    "logits": "The gradient of the loss",
    "backward": "The backward pass",
    "regularisation": "Regularisation and weight decay",
    "training": "Training",
    "classifier": "Predictions and counts",
    "paper": "Softmax and likelihood on paper",
    "signals": "Pooling and convolution",
    "laws": "Laws of the right function",
}
"""Folder -> title, in the order of a network's own chapters."""


@cache
def pages() -> Mapping[str, HelpPage]:
    """Code -> page, in the order of the sentences. Raises MalformedHelp."""
    found = read_folder(Path(__file__).parent)
    order = {code: place for place, code in enumerate(SENTENCES)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order)))))


def read_folder(folder: Path) -> dict[str, HelpPage]:
    """Code -> page of every family's folder in `folder`. Raises MalformedHelp on a page out of its form or place."""
    found: dict[str, HelpPage] = {}
    for file in sorted(folder.glob("*/*.md")):
        code, family = file.stem, file.parent.name
        if code in found or family not in FAMILIES:
            raise MalformedHelp(f"help page {code} stands in {family}: each code has one page, in a family's folder")
        found[code] = read_page(code, family, file.read_text(encoding="utf-8"))
    return found


def families() -> Mapping[str, tuple[HelpPage, ...]]:
    """The pages by the title of their family; a family without pages is left out."""
    found = {title: tuple(page for page in pages().values() if page.family == name) for name, title in FAMILIES.items()}
    return {title: together for title, together in found.items() if together}


def help_path(code: str) -> str | None:
    """Where the page of a code is on this site; None for a code of an older version that has none any more."""
    page = pages().get(code)
    return page.path if page else None


def nearest(code: str) -> HelpPage | None:
    """The page whose code is spelled most like `code`; None where nothing is alike."""
    found = get_close_matches(code.upper(), pages(), n=1)
    return pages()[found[0]] if found else None
