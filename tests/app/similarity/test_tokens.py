"""Tokens: names, numbers, strings, comments and layout make no difference; what is computed does."""

import tokenize
from collections import Counter
from io import StringIO
from pathlib import Path
from tokenize import generate_tokens

import pytest

import app
from app.similarity.tokens import MOST_WORDS, STRING, Token, tokens


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def test_names_comments_layout_and_docstrings_make_no_difference() -> None:
    one = 'def f(x):\n    """Says."""\n    # why\n    return np.exp(x) / 2.5e-3  # so\n'
    other = "def softmax( logits ) :\n  return np.exp(\n      logits\n  ) / 17"

    assert words(one) == words(other)


def test_letters_that_python_reads_as_others_make_no_difference() -> None:
    assert words("ｎp.eｘp(θ)") == words("np.exp(x)")


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


@pytest.mark.parametrize(
    "disguise",
    [
        "x = '\\\n'''\n",
        'x = "\\\n"""\n',
        "x = '''\\'''\n'''\n",
        'x = """\\"""\n"""\n',
        "x = r'''\\'''\n'''\n",
        'x = """"\\""""\n',
        "x = '\\\\'\n",
        "x = '' ''\n",
        "x = ''''''\n",
    ],
)
def test_no_string_hides_what_follows_it(disguise: str) -> None:
    compile(disguise, "disguise.py", "exec")
    lines = "y = np.exp(3)\n'''Says.'''\nz = \"\"\"a\nb\"\"\" + y\n" * 3

    assert words(disguise + lines)[-len(words(lines)) :] == words(lines)


def test_strings_are_those_that_python_reads() -> None:
    for path in sorted(Path(app.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        read = Counter(token.line for token in tokens(text) if token.word == STRING)
        by_python = Counter(
            one.start[0] for one in generate_tokens(StringIO(text).readline) if one.type == tokenize.STRING
        )
        assert read <= by_python, path  # fewer: docstrings are left out


def test_comments_and_blank_lines_of_any_length_leave_what_follows() -> None:
    padding = "#" + "x" * MOST_WORDS + "\n" * MOST_WORDS + "  # x\n\n" * MOST_WORDS + "'''" + "x " * MOST_WORDS + "'''"
    assert tokens(padding + "\nx + y") == [Token(word, 3 * MOST_WORDS + 2) for word in ("N", "+", "N")]


def test_so_many_words_are_read() -> None:
    assert len(tokens("x + " * MOST_WORDS)) == MOST_WORDS
    assert tokens("x + y", 2) == [Token("N", 1), Token("+", 1)]


def test_hostile_texts_are_read_in_time_linear_in_their_length() -> None:
    for text in (
        '"""',
        "'\\",
        "\n",
        "1e",
        '"""\\"""',
        "'''\\",
        '"""\\\n',
        "\n  ",
        "#\n",
        "\n #",
        "''",
        "'''a''\\'",
        "\\",
    ):
        for end in ("", "\\"):
            assert (
                len(tokens(text * 50_000 + end)) <= MOST_WORDS
            )  # a quadratic reader would not come this far for hours
