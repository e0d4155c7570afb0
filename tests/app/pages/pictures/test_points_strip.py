"""The strip of points per part."""

from xml.etree import ElementTree

from app.pages.pictures.points_strip import points_strip
from grader.report import PartResult, Report, Score


def test_says_every_part_and_fills_what_was_earned(reports: dict[str, Report]) -> None:
    picture = points_strip(reports["sample"].parts)
    assert picture.finding.endswith("grad_ce 0 of 18, backward_prop 17 of 25, training 15 of 15")
    root = ElementTree.fromstring(picture.svg)
    widths = [float(str(node.get("width")).rstrip("%")) for node in root.iter("rect") if node.get("class") == "seg-on"]
    assert len(widths) == 6
    assert abs(widths[-2] / (25 - 0.5) - 17 / 25) < 1e-4


def test_parts_without_points_are_drawn() -> None:
    ElementTree.fromstring(points_strip([PartResult("notes", Score(0, 0), ())]).svg)


def test_part_names_are_escaped() -> None:
    assert "<b>" not in points_strip([PartResult("<b>", Score(1, 2), ())]).svg
