"""A confusion matrix as a drawing, for a report on paper: the page itself shows it as a table."""

from collections.abc import Mapping
from typing import Literal

from markupsafe import Markup

from app.pages.pictures.confusion_cells import confusion_cells
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, text
from grader.report import Counts
from grader.translation import gettext as _
from grader.translation import gettext_noop

CELL = 30
LEFT, TOP = 44, 34
Set = Literal["train", "test"]
TITLES: Mapping[Set, str] = {
    "train": gettext_noop("training set: columns predicted, rows true"),
    "test": gettext_noop("test set: columns predicted, rows true"),
}
SAID: Mapping[Set, str] = {
    "train": gettext_noop("Confusion matrix of the training set: {right} of {all} are classified right."),
    "test": gettext_noop("Confusion matrix of the test set: {right} of {all} are classified right."),
}


def confusion_picture(counts: Counts, of: Set) -> Picture:
    """Rows are the true class, columns the predicted one. of: the set whose examples were classified."""
    marks: list[Markup] = [text(LEFT, 12, _(TITLES[of]))]
    for index in range(len(counts)):
        marks.append(text(LEFT + CELL * index + CELL / 2, TOP - 6, str(index), "m"))
        marks.append(text(LEFT - 8, TOP + CELL * index + CELL / 2 + 4, str(index), "e"))
    for row, cells in enumerate(confusion_cells(counts)):
        for column, cell in enumerate(cells):
            x, y = LEFT + CELL * column, TOP + CELL * row
            marks.append(element("rect", class_=f"c-{cell.shade}", x=x, y=y, width=CELL - 1, height=CELL - 1))
            marks.append(text(x + CELL / 2, y + CELL / 2 + 4, str(cell.count), f"m c-{cell.shade}i"))
    right = sum(row[index] for index, row in enumerate(counts))
    said = _(SAID[of], right=right, all=sum(map(sum, counts)))
    head = (_("true class"), *(str(index) for index in range(len(counts))))
    table = Table(said, head, tuple((str(index), *map(str, row)) for index, row in enumerate(counts)))
    size = CELL * len(counts)
    return Picture(drawing(LEFT + size + 6, TOP + size + 6, said, *marks), said, table)
