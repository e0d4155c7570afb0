"""Pairs: a disguised copy is first, what everybody writes and the starter gives counts for nothing."""

import random

import pytest

from app.similarity.pairs import FEWEST_HOLDERS, LEAST_OWN, MOST_HOLDERS, compare
from reference.catalog import Catalog

SIGNS = "+ - * / % & | ^ @ < > ~".split()
NOTHING = [""]


def text(seed: int, words: int = 200) -> str:
    rng = random.Random(seed)
    return "\n".join(rng.choice(SIGNS) for _ in range(words))


@pytest.fixture
def works() -> dict[str, list[str]]:
    """Ten pieces of work with nothing in common."""
    return {f"s{number}": [text(number)] for number in range(10)}


def test_work_of_ones_own_is_like_nobodys(works: dict[str, list[str]]) -> None:
    found = compare(works, NOTHING)
    assert (found.compared, found.too_short, found.pairs) == (10, 0, ())


def test_half_a_copy_is_found_and_where_it_stands(works: dict[str, list[str]]) -> None:
    works["copy"] = [f"{text(99, 100)}\n{text(3, 100)}"]
    (pair,) = compare(works, NOTHING).pairs

    assert {pair.first, pair.second} == {"s3", "copy"}
    assert 0.4 < pair.share < 0.6
    spans = pair.first_lines if pair.first == "copy" else pair.second_lines
    assert all(first > 90 for _, first, _ in spans)


def test_a_renamed_and_laid_out_copy_is_the_same(works: dict[str, list[str]]) -> None:
    source = Catalog.builtin().get("ece421-numpy-nn").solution
    works["one"] = [source]
    works["other"] = ["# mine\n" + source.replace("z_h", "hidden").replace("    ", "\t")]
    first, *_ = compare(works, NOTHING).pairs

    assert {first.first, first.second} == {"one", "other"}
    assert (first.share, first.same, first.others) == (1.0, True, 0)


@pytest.mark.parametrize("line", ['!echo """', "%cd '''", "# cell 1\nx = '''\n# cell 2"])
def test_no_line_that_is_left_out_hides_a_copy(works: dict[str, list[str]], line: str) -> None:
    works["copy"] = [f"{line}\n{text(3)}"]
    (pair,) = compare(works, NOTHING).pairs

    assert {pair.first, pair.second} == {"s3", "copy"}
    assert pair.share == 1.0


def test_the_starter_counts_for_nothing(works: dict[str, list[str]]) -> None:
    starter = text(77)
    works = {name: [f"{starter}\n{own}"] for name, (own,) in works.items()}
    assert compare(works, [starter]).pairs == ()
    assert compare({name: [starter] for name in works}, [starter]).too_short == 10


def test_what_many_wrote_alike_counts_for_nothing(works: dict[str, list[str]]) -> None:
    usual = text(77)
    names = list(works)
    few = works | {name: [f"{usual}\n{works[name][0]}"] for name in names[:FEWEST_HOLDERS]}
    many = works | {name: [f"{usual}\n{works[name][0]}"] for name in names[: FEWEST_HOLDERS + 1]}

    assert len(compare(few, NOTHING).pairs) == FEWEST_HOLDERS * (FEWEST_HOLDERS - 1) / 2
    assert compare(many, NOTHING).pairs == ()
    assert compare(many, NOTHING).most_holders == FEWEST_HOLDERS


@pytest.mark.parametrize(("learners", "most"), [(1, FEWEST_HOLDERS), (120, 12), (900, MOST_HOLDERS)])
def test_a_tenth_of_the_class_is_held_within_limits(learners: int, most: int) -> None:
    assert compare({f"s{number}": ["x"] for number in range(learners)}, NOTHING).most_holders == most


def test_a_whole_table_that_hands_in_the_same_is_not_the_usual_way(works: dict[str, list[str]]) -> None:
    works |= {f"t{number}": [text(500)] for number in range(8)}
    found = compare(works, NOTHING)

    assert len(found.pairs) == 7
    assert {pair.first for pair in found.pairs} == {"t0"}
    assert {pair.others for pair in found.pairs} == {6}


def test_too_little_of_ones_own_is_said(works: dict[str, list[str]]) -> None:
    works["short"] = [text(5, 20)]
    found = compare(works, NOTHING)
    assert LEAST_OWN > 1
    assert found.too_short == 1
