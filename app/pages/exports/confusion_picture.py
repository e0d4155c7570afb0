"""A confusion matrix as a drawing, for a report on paper: the page itself shows it as a table."""

from markupsafe import Markup

from app.pages.confusion_cells import confusion_cells
from app.pages.pictures.picture import Picture, Table, drawing
from app.pages.pictures.svg import element, text
from grader.report import Counts

CELL = 30
LEFT, TOP = 44, 34


def confusion_picture(counts: Counts, what: str) -> Picture:
    """Rows are the true class, columns the predicted one. what: the set it is of, as in "test set"."""
    marks: list[Markup] = [text(LEFT, 12, f"{what}: columns predicted, rows true")]
    for index in range(len(counts)):
        marks.append(text(LEFT + CELL * index + CELL / 2, TOP - 6, str(index), "m"))
        marks.append(text(LEFT - 8, TOP + CELL * index + CELL / 2 + 4, str(index), "e"))
    for row, cells in enumerate(confusion_cells(counts)):
        for column, cell in enumerate(cells):
            x, y = LEFT + CELL * column, TOP + CELL * row
            marks.append(element("rect", class_=f"c-{cell.shade}", x=x, y=y, width=CELL - 1, height=CELL - 1))
            marks.append(text(x + CELL / 2, y + CELL / 2 + 4, str(cell.count), f"m c-{cell.shade}i"))
    right = sum(row[index] for index, row in enumerate(counts))
    said = f"Confusion matrix of the {what}: {right} of {sum(map(sum, counts))} are classified right."
    head = ("true class", *(str(index) for index in range(len(counts))))
    table = Table(said, head, tuple((str(index), *map(str, row)) for index, row in enumerate(counts)))
    size = CELL * len(counts)
    return Picture(drawing(LEFT + size + 6, TOP + size + 6, said, *marks), said, table)
