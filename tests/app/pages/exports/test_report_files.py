"""The files of a report: their names, that the figures are whole documents, that the zip is the same each time."""

import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from app.pages.exports.report_files import report_files, zipped
from grader.report import Report

SVG = "{http://www.w3.org/2000/svg}"


def test_each_table_is_csv_and_latex_and_each_curve_and_matrix_a_figure(reports: dict[str, Report]) -> None:
    names = {file.name for file in report_files(reports["sample"])}
    group = "experiment-hidden-units-digits"

    assert {f"{group}.csv", f"{group}.tex", f"{group}-loss.svg", f"{group}-accuracy.svg"} <= names
    assert {f"{group}-confusion-{part}.{kind}" for part in ("train", "test") for kind in ("csv", "tex", "svg")} <= names
    assert {"trainings.csv", "training-train-curve.tex", "training-train-confusion-train.svg"} <= names


def test_figures_stand_alone(any_report: Report) -> None:
    for file in report_files(any_report):
        if not file.name.endswith(".svg"):
            continue
        text = file.data.decode()
        root = ElementTree.fromstring(text)
        assert root.tag == f"{SVG}svg"
        assert "var(" not in text
        assert not re.search(r"url\(|href|<script", text)
        assert root.find(f"{SVG}style") is not None


def test_names_are_plain_whatever_the_words(reports: dict[str, Report]) -> None:
    result = replace(reports["sample"].experiments[0], name="../../x", dataset="a/b<c>")
    report = replace(reports["sample"], experiments=(result,))
    for file in report_files(report):
        assert re.fullmatch(r"[a-z0-9-]+\.(csv|tex|svg)", file.name)


def test_the_same_report_gives_the_same_zip(reports: dict[str, Report]) -> None:
    """Whenever it is made: a zip keeps times in steps of two seconds, so two made at once would always be the same."""
    with ZipFile(BytesIO(zipped(report_files(reports["sample"])))) as archive:
        times = {entry.date_time for entry in archive.infolist()}
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_report_without_trainings_has_no_file(reports: dict[str, Report]) -> None:
    assert report_files(replace(reports["sample"], training=(), experiments=())) == ()
