"""Sentences and differences as HTML."""

import math

from app.pages.filters import answer, difference, first_capital, sentence_html


def test_sentences_are_escaped_and_names_become_code(hostile_text: str) -> None:
    html = sentence_html(f"grad_ce raises {hostile_text}", ["grad_ce"])
    assert html.startswith("<code>grad_ce</code> raises &lt;script&gt;")
    assert "␛[31m⟨202E⟩" in html


def test_names_inside_other_words_are_left_alone() -> None:
    assert sentence_html("dW_hidden, dW_h", ["dW_h"]) == "dW_hidden, <code>dW_h</code>"


def test_backticks_become_code_and_a_lonely_one_stays() -> None:
    assert sentence_html("use `x < 0`") == "use <code>x &lt; 0</code>"
    assert sentence_html("a ` b") == "a ` b"


def test_differences_are_powers_of_ten() -> None:
    assert difference(2.2e-16) == "2.2 × 10<sup>−16</sup>"
    assert [difference(value) for value in (0.0, math.nan)] == ["0", "NaN"]


def test_only_the_first_letter_changes() -> None:
    assert first_capital("ran out of NaN") == "Ran out of NaN"


def test_answers_are_named_where_they_have_a_name() -> None:
    assert answer(1, "p") == "<math><mi>p</mi><mo>=</mo><mn>1</mn></math>"
    assert answer(1, "") == "<math><mn>1</mn></math>"
