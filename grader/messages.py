"""The words for every verdict, diagnosis and note: made when shown, so that better words reach old reports."""

import math
from collections.abc import Iterator, Mapping, Sequence

from grader.note_phrases import NOTES
from grader.numerics import DERIVATIVE_TOLERANCE
from grader.one_change import words as one_change
from grader.phrases import ACTIVATIONS, ADDITIONS, ALIKE, BY_FORMULA, ONE_DERIVATIVE, SENTENCES, SOME_DERIVATIVE
from grader.report import CheckResult, DerivativePoint, Evidence, Note, UsedDerivative, Verdict
from grader.rewordings import REWORDINGS
from grader.translation import gettext as _
from grader.translation import gettext_noop

WORDS: Mapping[Verdict, str] = {
    Verdict.PASSED: gettext_noop("passed"),
    Verdict.WRONG: gettext_noop("wrong"),
    Verdict.RAISED: gettext_noop("raised an exception"),
    Verdict.TIME_LIMIT: gettext_noop("ran out of time"),
    Verdict.MEMORY_LIMIT: gettext_noop("ran out of memory"),
    Verdict.OUTPUT_LIMIT: gettext_noop("printed too much"),
    Verdict.FORBIDDEN: gettext_noop("did something forbidden"),
    Verdict.CRASHED: gettext_noop("crashed"),
    Verdict.NO_RESULT: gettext_noop("ended without a result"),
    Verdict.MISSING: gettext_noop("missing"),
    Verdict.SKIPPED: gettext_noop("skipped"),
}

SPECIAL: Mapping[str, str] = {"nan": "NaN", "inf": gettext_noop("infinity"), "-inf": gettext_noop("−infinity")}
"""How evidence writes numbers that are not finite, and how people read them."""

CUT = 300
"""Characters of a student's own words (an exception's message) inside a sentence."""


ENDS = ".!?:)…"
"""With one of these a student's own words may end; others get a full stop before the next sentence."""


def verdict_word(verdict: Verdict) -> str:
    """A verdict in one or a few lower-case words."""
    return _(WORDS[verdict])


def sentence(check: CheckResult) -> str:
    """What a check found, in one sentence with a measured quantity; it may quote the student's own exception."""
    if check.verdict is Verdict.PASSED:
        return _("{function} passes.", function=check.subject)
    if check.diagnosis is None:
        return _(
            "{function} was not checked further: an earlier check of this part ended its process.",
            function=check.subject,
        )
    found = check.diagnosis
    line, place = found.evidence.get("line"), found.evidence.get("place")
    on_line = _(" on line {line}", line=line) if line else _(" at {place}", place=_text(place)) if place else ""
    change = one_change.described(str(found.evidence.get("change", "")))
    told: dict[str, Evidence] = {"function": check.subject, "on_line": on_line, "change": change}
    template = _template(found.code, found.evidence)
    match found.evidence.get("message"):
        case "":  # an exception may say nothing beside its name
            template = template.replace(": {message}", ".")
        case str(message):  # and where it says much, its first line says what is wrong
            told["message"] = message.strip().partition("\n")[0]
    first = _filled(template, {**found.evidence, **told, **_renamed(check, found.evidence)})
    further = "".join(_further(check, found.evidence.get("also"), told))
    return first + ("." if further and first[-1] not in ENDS else "") + further


def _renamed(check: CheckResult, evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """What the evidence calls by names of ours, in the student's words: the check's function, another that it calls."""
    named = {key: evidence.get(key) for key in ("subject", "by")}
    own: dict[str, Evidence] = {
        key: check.subject + words.removeprefix(check.function)
        for key, words in named.items()
        if isinstance(words, str) and (words == check.function or words.startswith(f"{check.function}."))
    }
    return own | ({"other": evidence["other_called"]} if evidence.get("other_called") else {})


def _template(code: str, evidence: Mapping[str, Evidence]) -> str:
    """A code's sentence, with what the evidence adds to it."""
    table = BY_FORMULA if code in BY_FORMULA and evidence.get("found") else SENTENCES
    instead = next((text for key, text in REWORDINGS.items() if evidence.get(key)), None)
    added = "".join(_(text) for key, text in ADDITIONS.items() if evidence.get(key))
    return _(instead or table.get(code, SENTENCES["UNKNOWN"])) + added


def _further(check: CheckResult, also: Evidence, told: Mapping[str, Evidence]) -> Iterator[str]:
    """The sentences of the mistakes that stand beside the first one, each with its own evidence."""
    for mistake in also if isinstance(also, Sequence) and not isinstance(also, str) else ():
        if isinstance(mistake, Mapping):
            template = _template(str(mistake.get("code")), mistake)
            yield " " + _(
                "Also: {sentence}", sentence=_filled(template, {**mistake, **told, **_renamed(check, mistake)})
            )


def alike(check: CheckResult) -> str | None:
    """The code of a check whose sentence says no more than its function's name, so that one may stand for several."""
    code = check.diagnosis.code if check.diagnosis else ""
    if code not in ALIKE:
        return None
    plain = _(SENTENCES[code]).format(function=check.subject, name=check.function)
    return code if sentence(check) == plain else None


def alike_sentence(code: str, count: str) -> str:
    """What stands for findings of that code. count: of functions, as a word or in digits."""
    return _(ALIKE[code], count=count)


def note_sentence(note: Note) -> str:
    """A note or flag in one sentence."""
    template = _(NOTES[note.code]) if note.code in NOTES else "{code}"
    template += _(ADDITIONS["only_in"]) if note.evidence.get("only_in") else ""
    return _filled(template, {**note.evidence, "code": note.code})


def derivative_sentence(used: UsedDerivative) -> str:
    """The derivative that a student used, in one sentence."""
    wrong = used.wrong
    worst = max(wrong, key=_distance, default=used.points[0])
    values = [point.yours for point in used.points]
    template = ONE_DERIVATIVE if max(values) - min(values) <= DERIVATIVE_TOLERANCE else SOME_DERIVATIVE  # NaN: some
    told: dict[str, Evidence] = {"x": worst.x, "yours": worst.yours, "right": worst.right, "at": used.at}
    named = {"tensor": used.tensor, "activation": activation_name(used.activation)}
    return _filled(_(template), {**told, **named, "wrong": len(wrong), "points": len(values)})


def activation_name(activation: str) -> str:
    """An activation as a sentence names it."""
    return _(ACTIVATIONS[activation]) if activation in ACTIVATIONS else activation


def _distance(point: DerivativePoint) -> float:
    return abs(point.yours - point.right) if math.isfinite(point.yours) else math.inf


NOT_MEASURED = "\N{EN DASH}"
"""What stands in a sentence where its evidence is missing."""


class _Evidence(dict[str, str]):
    """Evidence as text; a quantity that was not measured reads as a dash rather than failing the page."""

    def __missing__(self, key: str) -> str:
        return NOT_MEASURED


def _filled(template: str, evidence: Mapping[str, Evidence]) -> str:
    for key in ("at", "nan_at"):
        if evidence.get(key) == []:  # a single number has no index
            template = template.replace(f" at index {{{key}}}", "").replace(f"at index {{{key}}} ", "")
    told = {key: _text(value) for key, value in evidence.items()}
    if evidence.get("shape") == []:
        template = template.replace("has shape {shape}", "is {shape}")
    for key in ("shape", "expected"):
        if evidence.get(key) == [] and f"shape {{{key}}}" not in template:
            told[key] = _("a single number")
    return template.format_map(_Evidence(told))


def _text(value: Evidence) -> str:
    """A quantity as it stands in a sentence: three figures, shapes in parentheses, names joined."""
    if value is None:
        return NOT_MEASURED
    if isinstance(value, float):
        if math.isnan(value):
            return SPECIAL["nan"]
        return f"{value:.3g}".replace("-", "−")
    if isinstance(value, str):
        value = _(SPECIAL[value]) if value in SPECIAL else value
        return value if len(value) <= CUT else value[:CUT] + "…"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_text(entry)}" for key, entry in value.items())
    if isinstance(value, (bool, int)):
        return str(value)
    if all(isinstance(entry, int) for entry in value):
        return "(" + ", ".join(map(str, value)) + ("," if len(value) == 1 else "") + ")"
    words = list(map(_text, value))
    if len(words) > 1:
        return _("{names} and {last}", names=", ".join(words[:-1]), last=words[-1])
    return "".join(words) or _("none")
