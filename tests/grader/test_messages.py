"""Every code has its sentence and every sentence its code; evidence stands in it and hostile text stays text."""

import ast
import math
import re
from pathlib import Path

import pytest

import grader
from grader.messages import CUT, WORDS, derivative_sentence, note_sentence, sentence, verdict_word
from grader.note_phrases import NOTES
from grader.parts import ENDED
from grader.phrases import BY_FORMULA, SENTENCES
from grader.report import CheckResult, DerivativePoint, Diagnosis, Evidence, Note, Score, UsedDerivative, Verdict
from grader.rewordings import REWORDINGS
from grader.translation import spoken
from reference.catalog import Catalog
from tests.fakes.bracketed import Bracketed

GRADER = Path(grader.__file__ or "").parent
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
HAVE_SENTENCES = {"literals.py", "messages.py", "note_phrases.py", "phrases.py", "rewordings.py"}
"""Modules of the grader that have the sentences, and find no code."""

SOURCES = [
    *GRADER.glob("diagnosis/**/*.py"),
    *GRADER.glob("checks/**/*.py"),
    *GRADER.glob("one_change/*.py"),
    *(path for path in GRADER.glob("*.py") if path.name not in HAVE_SENTENCES),
]
SHORTEST_CODE = 4  # shorter ones are axes and tensors: N, dW, W1
WORDS_AT_MOST = 34
HOSTILE = "<script>alert(1)</script> {function} {0.__class__} %s \\ \x00 " + "x" * 5000


def _codes() -> set[str]:
    """Every string in the grader's sources that is spelled like a code."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return {code for code in found if len(code) >= SHORTEST_CODE}


def _noted_at_receipt() -> set[str]:
    """Codes of the notes that a submission brings along from where it was received."""
    calls = [
        node
        for path in (GRADER.parent / "submissions").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Note" and node.args
    ]
    return {str(first.value) for call in calls if isinstance(first := call.args[0], ast.Constant)}


def _noted_by_assignments() -> set[str]:
    """Codes of the notes that say which accepted variant a function is."""
    catalog = Catalog.builtin()
    functions = [function for slug in catalog.slugs() for function in catalog.get(slug).assignment.functions]
    return {variant.note for function in functions for variant in function.variants if variant.note}


def _check(code: str, evidence: dict[str, Evidence] | None = None, verdict: Verdict = Verdict.WRONG) -> CheckResult:
    return CheckResult("gradient", "grad_ce", verdict, Score(0, 1), 0.0, Diagnosis(code, evidence or {}))


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    found = _codes() | _noted_at_receipt() | _noted_by_assignments() | {verdict.name for verdict in ENDED}
    assert found == set(SENTENCES) | set(NOTES)


def test_no_code_is_both_a_fault_and_a_note() -> None:
    # Another factor of a regularisation is a note where loss and gradient agree in it, and a fault where they do not.
    assert set(SENTENCES) & set(NOTES) == {"REG_SCALE"}


def test_every_planted_mistake_has_a_sentence_of_its_own() -> None:
    catalog = Catalog.builtin()
    stems = {stem.split(".")[0] for slug in catalog.slugs() for stem in catalog.get(slug).mistakes}

    assert stems <= set(SENTENCES) - {"UNKNOWN"}


@pytest.mark.parametrize(
    ("code", "template"), [*SENTENCES.items(), *BY_FORMULA.items(), *NOTES.items(), *REWORDINGS.items()]
)
def test_a_sentence_is_short_calm_and_whole(code: str, template: str) -> None:
    assert len(template.split()) <= WORDS_AT_MOST
    assert "!" not in template
    assert "oops" not in template.lower()
    assert template.rstrip()[-1] in ".})" or template.endswith("{message}")


def test_a_sentence_speaks_of_no_tensor_of_one_assignment() -> None:
    # Only one assignment asks for results in an order.
    texts = {code: text for code, text in SENTENCES.items() if code != "RESULT_ORDER"}

    assert [code for code, text in texts.items() if re.search(r"\b(d?[WwbBaz]_[ho]|d_[ho])\b", text)] == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_holds_its_evidence(code: str) -> None:
    names = set(re.findall(r"{(\w+)}", SENTENCES[code])) - {"function", "on_line"}
    text = sentence(_check(code, {name: f"<{name}>" for name in names}))

    assert all(f"<{name}>" in text for name in names)
    assert "{" not in text
    assert "–" not in text


def test_a_line_is_named_only_where_one_is_known() -> None:
    told: dict[str, Evidence] = {"exception": "TypeError", "message": "no", "line": 12}

    assert "raises TypeError on line 12: no" in sentence(_check("RAISED", told))
    assert "raises TypeError: no" in sentence(_check("RAISED", {**told, "line": 0}))
    assert sentence(_check("RAISED", {**told, "message": ""})).endswith("raises TypeError on line 12.")
    elsewhere: dict[str, Evidence] = {**told, "line": 0, "place": "layers/fc_layer.py:3"}
    assert "raises TypeError at layers/fc_layer.py:3: no" in sentence(_check("RAISED", elsewhere))


@pytest.mark.parametrize("code", [*SENTENCES, *NOTES, "A_CODE_OF_LATER"])
def test_missing_evidence_never_raises(code: str) -> None:
    assert sentence(_check(code))
    assert note_sentence(Note(code))


@pytest.mark.parametrize(
    "value", [None, True, 3, 0.123456, "nan", [], [1], [5, 3], ["a", "b"], [1.5], {"a": [1, 2]}, [None], [[1], ["x"]]]
)
def test_evidence_of_any_kind_is_text(value: Evidence) -> None:
    for code, template in SENTENCES.items():
        names = re.findall(r"{(\w+)}", template)
        assert sentence(_check(code, dict.fromkeys(names, value)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.333"),
        (1e-12, "1e−12"),
        ([5, 3], "(5, 3)"),
        ([7], "(7,)"),
        ([], "()"),
        (["dW_h", "db_h"], "dW_h and db_h"),
        ({"dW": "SIGN"}, "dW: SIGN"),
        (None, "–"),
        (5, "5"),
    ],
)
def test_quantities_read_well(value: Evidence, text: str) -> None:
    assert sentence(_check("RESULT_TYPE", {"returned": value, "tensor": "a"})) == (
        f"grad_ce returns {text} for a; an array of numbers is asked for."
    )


def test_hostile_words_stay_words_and_are_cut() -> None:
    text = sentence(_check("RAISED", {"exception": HOSTILE, "message": HOSTILE, "line": 3}, Verdict.RAISED))

    assert text.count("{function} {0.__class__} %s") == 2
    assert "<script>" in text  # escaping is for whoever shows it
    assert len(text) < 2 * CUT + 100
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("code", "evidence", "said"),
    [
        (
            "SHAPE",
            {"tensor": "loss", "shape": [5], "expected": []},
            "loss has shape (5,); a single number is asked for.",
        ),
        ("SHAPE", {"tensor": "dW", "shape": [], "expected": [7, 3]}, "dW is a single number; (7, 3) is asked for."),
        (
            "BIAS_SHAPE",
            {"wrong": "d_b1", "shape": [], "expected": [1, 11]},
            "The shape is wrong in d_b1: yours is a single number; one number for each unit, (1, 11), is asked for.",
        ),
    ],
)
def test_a_number_has_no_shape(code: str, evidence: dict[str, Evidence], said: str) -> None:
    assert sentence(_check(code, evidence)) == said


@pytest.mark.parametrize("code", sorted({*SENTENCES, *BY_FORMULA}))
def test_several_tensors_are_followed_by_no_verb_of_one(code: str) -> None:
    for table in (SENTENCES, BY_FORMULA):
        assert not re.search(r"(?<!in )\{(wrong|subject)\} (is|has|gets|holds|belongs|takes)\b", table.get(code, ""))


def test_of_an_exception_the_first_line_is_said() -> None:
    told: dict[str, Evidence] = {
        "exception": "AttributeError",
        "message": "\nno 'float'.\nIt was an alias.\n",
        "line": 4,
    }

    assert sentence(_check("RAISED", told)) == "grad_ce raises AttributeError on line 4: no 'float'."


def test_the_derivative_of_the_own_loss_is_said_where_it_was_measured() -> None:
    plain, own, other = (sentence(_check("SIGN", {"own_derivative": value})) for value in (None, True, False))

    assert "derivative of your own loss" in own
    assert plain == other
    assert "own loss" not in plain


def test_each_of_two_mistakes_says_what_is_found_of_it_alone() -> None:
    second: dict[str, Evidence] = {"code": "ASCENT", "only_in": ["b1", "b2"]}

    said = sentence(_check("RATE_MISSING", {"tensor": "W1", "only_in": ["W1", "W2"], "also": [second]}))

    assert "That is so in W1 and W2 only. Also: The gradient is added" in said
    assert said.endswith("the loss climbs. That is so in b1 and b2 only.")


def test_words_of_a_students_exception_end_before_the_next_sentence() -> None:
    raised: dict[str, Evidence] = {"exception": "IndexError", "message": "out of bounds", "also": [{"code": "ASCENT"}]}

    assert "out of bounds. Also: The gradient" in sentence(_check("RAISED", raised))
    assert "no! Also: The gradient" in sentence(_check("RAISED", {**raised, "message": "no!"}))


def test_a_formula_with_another_mistake_in_it_is_not_said_to_make_the_numbers_alone() -> None:
    sign: dict[str, Evidence] = {"code": "SIGN", "wrong": ["dX"], "sign_beside": True}
    formula: dict[str, Evidence] = {"found": "delta", "asked": "delta * z", "wrong": ["dX"], "formula_beside": True}

    assert sentence(_check("OTHER_FORMULA", {**formula, "also": [sign]})) == (
        "grad_ce computes delta where delta * z is asked for: together with the other mistake, that matches your dX on"
        " every probe. Also: The sign is wrong in dX as well."
    )


def test_passed_and_skipped_need_no_diagnosis() -> None:
    passed, skipped = (
        CheckResult("forward", "relu", verdict, Score(0, 1), 0.0) for verdict in (Verdict.PASSED, Verdict.SKIPPED)
    )

    assert sentence(passed) == "relu passes."
    assert "relu was not checked further" in sentence(skipped)


def test_every_verdict_has_a_word_of_its_own() -> None:
    assert set(WORDS) == set(Verdict)
    assert len({verdict_word(verdict) for verdict in Verdict}) == len(Verdict)


def _used(*yours: float, activation: str = "relu") -> UsedDerivative:
    points = (DerivativePoint(number - 1.0, value, float(number > 1)) for number, value in enumerate(yours))
    return UsedDerivative(activation, "dX", "X", tuple(points))


@pytest.mark.parametrize(
    ("used", "said"),
    [
        (
            _used(1.0, 1.0, 1.0),
            "The derivative that your dX uses is 1 everywhere: that of the ReLU is another at 2 of 3 values of X.",
        ),
        (
            _used(0.0, -0.5, 3.0),
            "The derivative that your dX uses is not that of the ReLU at 2 of 3 values of X:"
            " at 1 it is 3, and 1 is right.",
        ),
        (
            _used(math.nan, 0.5, 3.0),
            "The derivative that your dX uses is not that of the ReLU at 3 of 3 values of X:"
            " at −1 it is NaN, and 0 is right.",
        ),
        (
            _used(0.5, 0.5, 0.5, activation="softplus"),
            "The derivative that your dX uses is 0.5 everywhere: that of softplus is another at 3 of 3 values of X.",
        ),
    ],
)
def test_a_derivative_that_was_used_is_told_with_a_number(used: UsedDerivative, said: str) -> None:
    assert derivative_sentence(used) == said
    assert len(said.split()) <= WORDS_AT_MOST


def test_the_template_is_translated_before_its_evidence_stands_in_it() -> None:
    told: dict[str, Evidence] = {"exception": "TypeError", "message": "no", "line": 12}
    with spoken(Bracketed()):
        whole = sentence(_check("RAISED", told, Verdict.RAISED))
        silent = sentence(_check("RAISED", {**told, "message": ""}, Verdict.RAISED))
        number = sentence(_check("NOT_FINITE", {"tensor": "loss", "value": "inf", "nan_at": []}))
        note = note_sentence(Note("FLOAT32", {"function": "f"}))

    assert whole.endswith("raises TypeError[ on line 12]: no]")
    assert silent.endswith("raises TypeError[ on line 12].]")
    assert number == "[loss is [infinity], where the right value is a finite number.]"
    assert note == f"[{NOTES['FLOAT32'].format(function='f')}]"


def test_a_translation_that_puts_the_words_elsewhere_is_filled_all_the_same() -> None:
    class Elsewhere(Bracketed):
        def gettext(self, message: str) -> str:
            return "{message} ({exception})" if "{message}" in message else message

    told: dict[str, Evidence] = {"exception": "TypeError", "message": "", "line": 12}
    with spoken(Elsewhere()):
        assert sentence(_check("RAISED", told, Verdict.RAISED)) == " (TypeError)"


def test_names_are_joined() -> None:
    found: dict[str, Evidence] = {"missing": ["a", "b", "c"], "found": []}
    with spoken(Bracketed()):
        assert "has no [a, b and c];" in sentence(_check("KEYS", found))
