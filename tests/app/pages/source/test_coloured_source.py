"""Source excerpts: the right lines, escaped, with the blamed one marked."""

import re

from app.pages.source.coloured_source import WHOLE_LINES, ColouredFile, Mark


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_one_line_is_marked_within_its_function(source: str) -> None:
    found = ColouredFile("network.py", source).about([6])
    assert found is not None
    assert [line.number for line in found.lines if line.blamed] == [6]
    assert (found.lines[0].number, found.lines[-1].number) == (5, 7)
    assert found.span == "lines 5 to 7"


def test_a_function_is_shown_from_its_first_to_its_last_line_unmarked(source: str) -> None:
    found = ColouredFile("network.py", source).about([10, 12])
    assert found is not None
    assert [line.number for line in found.lines] == [10, 11, 12]
    assert not any(line.blamed for line in found.lines)


def test_scattered_lines_are_marked(source: str) -> None:
    found = ColouredFile("network.py", source).about([10, 12, 15])
    assert found is not None
    assert [line.number for line in found.lines if line.blamed] == [10, 12, 15]


def test_markup_in_source_is_escaped_and_text_is_kept(source: str) -> None:
    joined = "".join(line.html for line in ColouredFile("network.py", source).whole().lines)
    assert "<b>" not in joined
    assert "&lt;b&gt;rows&lt;/b&gt;" in joined
    assert '<span class="k">def</span>' in joined


def test_every_line_has_its_own_number_even_with_strange_line_ends() -> None:
    found = ColouredFile("a.py", 'a = 1\r\nb = """x\ny"""\rc\x0cd\u2028e\n').whole()
    assert [line.number for line in found.lines] == [1, 2, 3, 4]
    assert plain(found.lines[3].html) == "c␌d e"


def test_lines_that_are_not_there_give_nothing(source: str) -> None:
    assert ColouredFile("a.py", source).about([999]) is None
    assert ColouredFile("a.py", source).about([]) is None


def test_long_stretches_and_lines_are_cut() -> None:
    found = ColouredFile("a.py", "\n".join(["x" * 1000] * 500)).about([1, 500])
    assert found is not None
    assert len(found.lines) == 40
    assert plain(found.lines[0].html).endswith("x … 600 more characters")


def test_large_files_are_shown_without_colours() -> None:
    found = ColouredFile("a.py", "def f(): pass\n" * 6000).whole()
    assert len(found.lines) == 6000
    assert found.lines[0].html == "def f(): pass"


def test_file_names_are_made_visible() -> None:
    assert ColouredFile("\u202eyp.a", "x").whole().name == "⟨202E⟩yp.a"


def test_far_from_the_head_of_its_function_a_line_has_a_few_neighbours() -> None:
    found = ColouredFile("a.py", "def f():\n" + "    x = 1\n" * 50).about([30])
    assert found is not None
    assert (found.lines[0].number, found.lines[-1].number) == (27, 33)


def test_colours_know_that_an_excerpt_begins_inside_a_string() -> None:
    found = ColouredFile("a.py", 'def f():\n    """a\n' + "    b\n" * 20 + '    """\n    return 1\n').about([24])
    assert found is not None
    assert '<span class="k">return</span>' in found.lines[-1].html


def test_thousands_of_blank_lines_are_shown_without_a_minute_of_looking_ahead() -> None:
    text = "x = 1\n" + "\t \n" * 19_000 + "'''\n\n\ny'''\n"
    shown = ColouredFile("a.py", text).whole().lines

    assert len(shown) == 19_005
    assert [line.number for line in shown[-3:]] == [19_003, 19_004, 19_005]
    assert "y" in shown[-1].html
    assert 'class="s"' in shown[-1].html


def test_marks_blame_single_lines_and_name_the_stretch_of_a_function(source: str) -> None:
    one, stretch = Mark("finding-1", "wrong: softmax", (6,)), Mark("finding-2", "wrong: grad_ce", (10, 12))
    lines = ColouredFile("network.py", source).whole([one, stretch], unrun={2}).lines

    assert [line.number for line in lines if line.blamed] == [6]
    assert [line.number for line in lines if line.within] == [10, 11, 12]
    assert [(line.number, line.marks) for line in lines if line.marks] == [(6, (one,)), (10, (stretch,))]
    assert [line.number for line in lines if line.unrun] == [2]


def test_a_line_blamed_on_its_own_stands_out_of_its_blamed_function(source: str) -> None:
    marks = [Mark("finding-1", "", (10, 12)), Mark("finding-2", "", (11,)), Mark("finding-3", "", (999,))]
    lines = ColouredFile("network.py", source).whole(marks).lines

    assert [line.number for line in lines if line.blamed] == [11]
    assert [line.number for line in lines if line.within] == [10, 12]
    assert sum(len(line.marks) for line in lines) == 2


def test_of_a_file_of_line_ends_so_many_are_shown_and_the_others_counted() -> None:
    file = ColouredFile("a.py", "\n" * (WHOLE_LINES + 5) + "def f():\n    return 1\n")
    shown = file.whole().lines

    assert len(file) == WHOLE_LINES + 7
    assert [line.number for line in shown] == list(range(1, WHOLE_LINES + 2))
    assert shown[-1].html == "… 7 more lines"
    assert len(file.marked([3]).lines) == WHOLE_LINES + 1
    about = file.about([WHOLE_LINES + 7])
    assert about is not None
    assert [plain(line.html) for line in about.lines] == ["def f():", "    return 1"]
    assert about.lines[-1].blamed
