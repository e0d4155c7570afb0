"""Source excerpts: the right lines, escaped, with the blamed one marked."""

import re

from app.pages.source import excerpt, whole


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_one_line_is_marked_within_its_neighbours(source: str) -> None:
    found = excerpt("network.py", source, [6])
    assert found is not None
    assert [line.number for line in found.lines if line.blamed] == [6]
    assert (found.lines[0].number, found.lines[-1].number) == (3, 9)
    assert found.span == "lines 3 to 9"


def test_a_function_is_shown_from_its_first_to_its_last_line_unmarked(source: str) -> None:
    found = excerpt("network.py", source, [10, 12])
    assert found is not None
    assert [line.number for line in found.lines] == [10, 11, 12]
    assert not any(line.blamed for line in found.lines)


def test_scattered_lines_are_marked(source: str) -> None:
    found = excerpt("network.py", source, [10, 12, 15])
    assert found is not None
    assert [line.number for line in found.lines if line.blamed] == [10, 12, 15]


def test_markup_in_source_is_escaped_and_text_is_kept(source: str) -> None:
    joined = "".join(line.html for line in whole("network.py", source).lines)
    assert "<b>" not in joined
    assert "&lt;b&gt;rows&lt;/b&gt;" in joined
    assert '<span class="k">def</span>' in joined


def test_every_line_has_its_own_number_even_with_strange_line_ends() -> None:
    found = whole("a.py", 'a = 1\r\nb = """x\ny"""\rc\x0cd\u2028e\n')
    assert [line.number for line in found.lines] == [1, 2, 3, 4]
    assert plain(found.lines[3].html) == "c␌d e"


def test_lines_that_are_not_there_give_nothing(source: str) -> None:
    assert excerpt("a.py", source, [999]) is None
    assert excerpt("a.py", source, []) is None


def test_long_stretches_and_lines_are_cut() -> None:
    found = excerpt("a.py", "\n".join(["x" * 1000] * 500), [1, 500])
    assert found is not None
    assert len(found.lines) == 40
    assert plain(found.lines[0].html).endswith("x … 600 more characters")


def test_large_files_are_shown_without_colours() -> None:
    found = whole("a.py", "def f(): pass\n" * 6000)
    assert len(found.lines) == 6000
    assert found.lines[0].html == "def f(): pass"


def test_file_names_are_made_visible() -> None:
    assert whole("\u202eyp.a", "x").name == "⟨202E⟩yp.a"
