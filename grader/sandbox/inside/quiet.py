"""Modules that only show something: plots, progress bars, colours. They are not here, and nothing is missing.

A training loop that draws its curve or counts its epochs computes the same without the picture. So these stand-ins may
be used: a plot takes any call and gives nothing, a progress bar gives the steps it was given, a colour gives the text.
Arithmetic with a plot is refused as with any stand-in, because a number would come out of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from typing import Any

import numpy as np

PLOTS = frozenset(
    "matplotlib mpl_toolkits seaborn plotly pylab bokeh altair livelossplot prettytable IPython tensorboard"
    " tensorboardX visdom wandb mlflow loguru".split()
)


class Plot:
    """A figure, an axis, a line, a style, or the module that makes them: whatever is done with it, nothing happens."""

    def __init__(self, label: str) -> None:
        vars(self)["_label"] = label

    def __getattr__(self, name: str) -> "Plot":
        if name.startswith("__"):  # protocols such as __array__ are not there
            raise AttributeError(name)
        return Plot(f"{self._label}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        """Styles can be set."""

    def __setitem__(self, key: object, value: object) -> None:
        """Parameters too."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """A plot; `subplots` gives a figure and its axes, `hist` three things, as callers take them apart."""
        made = self._label.rpartition(".")[2]
        if made == "track" and arguments:  # of a progress bar: whatever else it is, its steps are those it was given
            return Progress(*arguments, **keywords)
        if made == "subplots":
            return Plot("figure"), _axes(*arguments[:2], **keywords)
        return (Plot(made), Plot(made), Plot(made)) if made in ("hist", "hist2d") else Plot(made)

    def __getitem__(self, key: object) -> "Plot":
        return self

    def __iter__(self) -> Iterator["Plot"]:
        """`line, = plt.plot(...)`."""
        return iter((self,))

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> "Plot":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing was opened."""

    def __repr__(self) -> str:
        return f"<{self._label}: not shown>"


def _axes(nrows: int = 1, ncols: int = 1, squeeze: bool = True, **_others: Any) -> Any:
    """One axis, or an array of them of the shape that `subplots` gives."""
    axes = np.empty((int(nrows), int(ncols)), dtype=object)
    axes.fill(Plot("axes"))
    return axes if not squeeze else axes.item() if axes.size == 1 else axes.squeeze()


class Progress:
    """A progress bar: the steps it was given, and methods that do nothing."""

    def __init__(self, iterable: Iterable[Any] | None = None, *_arguments: Any, **keywords: Any) -> None:
        self.iterable = () if iterable is None else iterable
        self.total = keywords.get("total")
        self.n = 0

    def __iter__(self) -> Iterator[Any]:
        return iter(self.iterable)

    def __len__(self) -> int:
        return len(self.iterable) if isinstance(self.iterable, Sized) else int(self.total or 0)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing

    def __call__(self, iterable: Iterable[Any] | None = None, *_arguments: Any) -> "Progress":
        """Made without its steps, it is given them here."""
        return self if iterable is None else Progress(iterable)

    @staticmethod
    def write(text: object = "", *_arguments: Any, **_keywords: Any) -> None:
        """A line beside the bar."""
        _printed(text)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing was opened."""


def _nothing(*_arguments: Any, **_keywords: Any) -> None:
    """What a progress bar's methods do."""


def _steps(*arguments: Any, **_keywords: Any) -> Progress:
    """A progress bar over a range."""
    return Progress(range(*arguments))


def _numbered(iterable: Iterable[Any], start: int = 0, **_keywords: Any) -> Progress:
    """A progress bar over numbered steps."""
    return Progress(enumerate(iterable, start))


def _together(*iterables: Iterable[Any], **_keywords: Any) -> Progress:
    """A progress bar over steps of several."""
    return Progress(zip(*iterables, strict=False))


class Codes:
    """Codes that colour what follows them: nothing is coloured."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return ""


def _coloured(text: object, *_arguments: Any, **_keywords: Any) -> str:
    """The text without its colour."""
    return str(text)


def _printed(text: object, *_arguments: Any, **_keywords: Any) -> None:
    print(text)  # noqa: T201  a student's own print


class Module:
    """An absent module of `members`; a submodule has the same ones, and what else it has may be called for nothing."""

    def __init__(self, members: Mapping[str, Any]) -> None:
        self.__dict__.update(members)

    def __getattr__(self, name: str) -> "Module":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Plot:
        """A console, a table, a line that is shown."""
        return Plot("shown")


BARS: Mapping[str, Any] = {
    **dict.fromkeys(("tqdm", "tqdm_notebook"), Progress),
    **dict.fromkeys(("trange", "tnrange"), _steps),
    "tenumerate": _numbered,
    "tzip": _together,
}
MEMBERS: Mapping[str, Mapping[str, Any]] = {
    "tqdm": BARS,
    "tqdm_notebook": BARS,
    "progressbar": dict.fromkeys(("progressbar", "ProgressBar"), Progress),
    "alive_progress": {"alive_it": Progress},
    "rich": {"track": Progress, "print": print, "pprint": print},
    "termcolor": {"colored": _coloured, "cprint": _printed},
    "colorama": dict.fromkeys(("Fore", "Back", "Style"), Codes()),
    "tabulate": {"tabulate": _coloured},
}
MODULES = PLOTS | frozenset(MEMBERS)


def module(name: str) -> Any:
    """What takes the place of the module `name`, one of MODULES or a part of one."""
    root = name.partition(".")[0]
    return Plot(name) if root in PLOTS else Module(MEMBERS[root])


def members(name: str) -> Mapping[str, Any]:
    """What `from name import *` gives."""
    return MEMBERS.get(name.partition(".")[0], {})
