"""Tables as CSV and LaTeX: what they hold, that they parse, and that nothing in them acts."""

import csv
import io
import re
from dataclasses import replace

import pytest

from app.pages.exports.csv_table import csv_table
from app.pages.exports.latex_table import latex_table
from app.pages.exports.tables import NOTHING, experiment_table, number
from app.pages.pictures.picture import Table
from grader.report import Report

HOSTILE = r"\input{/etc/passwd} $x$ & % # _ ^ ~ {a}"


def rows(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_table(table))))


def test_an_experiment_is_a_row_a_width_and_a_column_a_measure(reports: dict[str, Report]) -> None:
    head, ten, twenty = rows(experiment_table(reports["sample"].experiments[0]))

    assert head[:4] == ["hidden units", "train accuracy, ReLU", "train accuracy, Tanh", "test accuracy, ReLU"]
    assert ten == ["10", "0.9900", "0.9900", "0.9750", "0.9750", "70", "70", "1.40", "1.40"]
    assert twenty[2] == "ran out of time"
    assert twenty[4] == NOTHING


@pytest.mark.parametrize("formula", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1", "\t=1"])
def test_no_cell_is_a_formula(formula: str) -> None:
    for row in rows(Table("", (formula, "b"), ((formula, formula),))):
        assert not [cell for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))]


def test_a_negative_number_stays_one() -> None:
    assert rows(Table("", ("a", "b"), (("x", "-0.5"),)))[1] == ["x", "-0.5"]


def test_latex_has_as_many_cells_in_each_row(reports: dict[str, Report]) -> None:
    table = experiment_table(reports["sample"].experiments[0])
    written = latex_table(table, "widths")
    body = [line for line in written.splitlines() if line.endswith(r"\\") and "multicolumn" not in line]

    assert {line.count(" & ") for line in body} == {len(table.head) - 1}
    assert rf"\begin{{tabular}}{{l{'r' * (len(table.head) - 1)}}}" in written
    assert sum(map(int, re.findall(r"multicolumn\{(\d+)\}", written))) == len(table.head) - 1
    assert written.count(r"\begin{") == written.count(r"\end{") == 2
    assert written.isascii()


def test_nothing_hostile_is_a_command(reports: dict[str, Report]) -> None:
    result = replace(reports["sample"].experiments[0], title=HOSTILE, dataset=HOSTILE)
    written = latex_table(experiment_table(result), "x")

    assert r"\input" not in written
    assert r"\textbackslash{}input\{/etc/passwd\} \$x\$ \& \% \#" in written


def test_numbers_are_those_of_programs() -> None:
    assert [number(value) for value in (0.98765, float("nan"), float("inf"))] == ["0.9877", NOTHING, "inf"]
