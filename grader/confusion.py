"""The confusion matrix as a report carries it."""

from grader.report import Counts
from grader.results import FloatArray
from reference.data import Dataset
from reference.training import confusion_matrix


def confusion(outputs: FloatArray, data: Dataset) -> Counts:
    """Counts (C, C) of the largest of each row of outputs (N, C): rows the true class, columns the predicted one."""
    counts = confusion_matrix(data.labels, outputs.argmax(axis=1), data.classes)
    return tuple(tuple(int(count) for count in row) for row in counts)
