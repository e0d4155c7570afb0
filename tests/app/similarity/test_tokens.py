"""Tokens: names, numbers, strings, comments and layout make no difference; what is computed does."""

from app.similarity.tokens import MOST_CHARACTERS, Token, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def test_names_comments_layout_and_docstrings_make_no_difference() -> None:
    one = 'def f(x):\n    """Says."""\n    # why\n    return np.exp(x) / 2.5e-3  # so\n'
    other = "def softmax( logits ) :\n  return np.exp(\n      logits\n  ) / 17"

    assert words(one) == words(other)


def test_what_is_computed_makes_one() -> None:
    assert words("np.exp(x)") != words("np.log(x)")
    assert words("x + y") != words("x - y")
    assert words("self.W1 + x") == words("self.weights + y")
    assert words("for i in range(3): pass") != words("while i in range(3): pass")


def test_lines_are_counted_over_strings_of_several_lines() -> None:
    assert tokens('x = """a\nb\n"""\ny') == [Token("N", 1), Token("=", 1), Token("S", 1), Token("N", 4)]


def test_text_that_is_no_python_is_read_to_its_end() -> None:
    assert words('if ) \' \n """ never closed\n x') == ["if", ")", "S"]
    assert words("\u202e x ∑") == ["\u202e", "N", "∑"]


def test_hostile_texts_are_read_in_time_linear_in_their_length() -> None:
    for text in ('"""' * MOST_CHARACTERS, "'\\" * MOST_CHARACTERS, "\n" * MOST_CHARACTERS, "1e" * MOST_CHARACTERS):
        assert len(tokens(text)) <= MOST_CHARACTERS  # a quadratic reader would not come this far for hours
