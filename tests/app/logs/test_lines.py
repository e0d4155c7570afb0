"""Log lines: JSON that a machine reads whatever was said, text for people, and nothing that opens anything."""

import json
import logging
import sys
from typing import Any

import pytest

from app.logs.about import about_grading, about_request, accepted_request_id
from app.logs.lines import LONGEST, JsonLines, TextLines
from app.security.tokens import new_api_token


def record(message: Any, *args: Any, **extra: Any) -> logging.LogRecord:
    made = logging.LogRecord("chainrule.test", logging.WARNING, "", 0, message, args, None)
    made.created = 1_800_000_000.25
    for name, value in extra.items():
        setattr(made, name, value)
    return made


def test_a_line_is_one_object() -> None:
    line = JsonLines().format(record("two\nlines, %s", 'a "quoted" \x00 name', status=404, password="hunter2"))

    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.250+00:00",
        "level": "WARNING",
        "logger": "chainrule.test",
        "message": 'two\nlines, a "quoted" \x00 name',
        "status": 404,
    }


def test_a_line_says_what_it_is_about() -> None:
    with about_request("request-1"), about_grading("grading-1"):
        inside = json.loads(JsonLines().format(record("x")))
        given = json.loads(JsonLines().format(record("x", grading_id="grading-2")))
    outside = json.loads(JsonLines().format(record("x")))

    assert (inside["request_id"], inside["grading_id"]) == ("request-1", "grading-1")
    assert given["grading_id"] == "grading-2"
    assert "request_id" not in outside


def test_an_error_has_its_name_and_traceback_without_secrets() -> None:
    token = new_api_token()
    try:
        raise RuntimeError(f"refused {token}")
    except RuntimeError:
        made = record("failed")
        made.exc_info = sys.exc_info()
    line = json.loads(JsonLines().format(made))
    text = TextLines().format(made)

    assert line["error"] == "RuntimeError"
    assert "test_lines.py" in line["traceback"]
    assert token not in line["traceback"]
    assert token not in text
    assert "RuntimeError: refused cr_..." in text


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_a_record_whose_arguments_do_not_fit_is_written_all_the_same(form: logging.Formatter) -> None:
    assert "%d of" in form.format(record("%d of", "nothing"))


@pytest.mark.parametrize("form", [JsonLines(), TextLines()])
def test_no_line_is_longer_than_collectors_take(form: logging.Formatter) -> None:
    assert len(form.format(record("x" * 10 * LONGEST))) < LONGEST + 500


def test_a_line_for_people_ends_with_what_it_is_about() -> None:
    with about_grading("grading-1"):
        assert (
            TextLines()
            .format(record("begun", status=1))
            .endswith("WARNING chainrule.test: begun [grading_id=grading-1 status=1]")
        )
        assert TextLines(with_time=False).format(record("begun")).startswith("WARNING")


@pytest.mark.parametrize("sent", ["abcdefgh", "req-1234.5678_x", "0" * 64])
def test_an_id_that_was_sent_is_taken(sent: str) -> None:
    assert accepted_request_id(sent) == sent


@pytest.mark.parametrize(
    "sent", ["", "short", "0" * 65, "with blank", "new\nline00", 'quote"quote', "ünïcödé0", "a/../b/c"]
)
def test_anything_else_is_replaced(sent: str) -> None:
    made = accepted_request_id(sent)

    assert made != sent
    assert accepted_request_id(made) == made


def test_what_a_stranger_says_begins_no_line_and_turns_no_terminal() -> None:
    text = TextLines(with_time=False).format(record("named %s", "x\nERROR chainrule: all is lost \x1b[31m\u202e\ud800"))

    assert text == ("WARNING chainrule.test: named x\n    ERROR chainrule: all is lost \\x1b[31m\\u202e\\ud800")


def test_half_a_character_can_be_written() -> None:
    line = JsonLines().format(record("named %s", "x\ud800"))

    assert json.loads(line.encode())["message"] == "named x\ud800"
