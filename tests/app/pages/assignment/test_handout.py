"""Handouts from Markdown."""

import re

from app.pages.assignment.handout import handout


def test_first_title_is_left_to_the_page_and_no_second_h1_appears() -> None:
    html = handout("# Title\n\nText\n\n## Part\n\n# Again\n")
    assert "Title" not in html
    assert "<h2>Part</h2>" in html
    assert "<h2>Again</h2>" in html


def test_raw_html_is_text() -> None:
    assert "<script" not in handout("<script>alert(1)</script> and <b>x</b>")


def test_links_to_scripts_are_not_made() -> None:
    assert "href" not in handout("[x](javascript:alert(1))")


def test_tables_have_scoped_heads_no_inline_style_and_scroll() -> None:
    html = handout("| a | b |\n|---|---:|\n| 1 | 2 |\n")
    assert 'scope="col"' in html
    assert "style=" not in html
    assert 'class="scroll" tabindex="0" role="region"' in html


def test_tables_and_code_are_regions_with_names_of_their_own() -> None:
    table, code = "| a |\n|---|\n| 1 |\n\n", "```\nx\n```\n\n"
    html = handout(table + code + table + code)
    assert [f'aria-label="{name}"' in html for name in ("Table 1", "Table 2", "Code 1", "Code 2")] == [True] * 4


def test_columns_of_numbers_stand_at_the_right_and_others_do_not() -> None:
    html = handout(
        "| part | points | size |\n|---|---|---|\n| 1 | 8 | 3 |\n| 2 | 1.5e-3 | (3,) |\n| 3 | **-2 %** | |\n"
    )
    columns = [re.findall(rf"<{cell}\b[^>]*>", html) for cell in ("th", "td")]

    assert [['class="n"' in cell for cell in cells] for cells in columns] == [
        [False, True, False],
        [False, True, False] * 3,
    ]


def test_a_table_without_rows_or_with_empty_cells_has_no_column_of_numbers() -> None:
    assert 'class="n"' not in handout("| a | b |\n|---|---|\n")
    assert 'class="n"' not in handout("| a | b |\n|---|---|\n| x | |\n")
