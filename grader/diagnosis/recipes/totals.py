"""Log-probabilities and probabilities whose logarithm of the sum of exponentials is something else."""

from collections.abc import Callable

import numpy as np

from grader.diagnosis.mismatch import FloatArray
from grader.diagnosis.recipe import Way, formula
from grader.diagnosis.recipes.smoothing import SMOOTHED
from reference.softmax import log_softmax

Log = Callable[[FloatArray], FloatArray]

LOGS: tuple[tuple[str, str, Callable[[FloatArray, int], FloatArray]], ...] = (
    ("LOG_BASE", "log2(sum(exp(z - max(z))))", lambda s, c: np.log2(s)),
    ("LOG_BASE", "log10(sum(exp(z - max(z))))", lambda s, c: np.log10(s)),
    ("OTHER_FORMULA", "log(1 + sum(exp(z - max(z))))", lambda s, c: np.log1p(s)),
    ("OTHER_FORMULA", "log(mean(exp(z - max(z))))", lambda s, c: np.log(s / c)),
    ("OTHER_FORMULA", "-log(sum(exp(z - max(z))))", lambda s, c: -np.log(s)),
    ("OTHER_FORMULA", "sum(exp(z - max(z))), without a logarithm", lambda s, c: s),
)
"""What stands where log(sum(exp(z - max(z)))) belongs, of the sum and the number of classes."""


def _log_p(z: FloatArray, log: Callable[[FloatArray, int], FloatArray]) -> FloatArray:
    shifted = z - z.max(axis=1, keepdims=True)
    return np.asarray(shifted - log(np.exp(shifted).sum(axis=1, keepdims=True), z.shape[1]))


TOTALS: tuple[tuple[str, Log], ...] = (
    ("log2(sum(exp(z)))", lambda z: _log_total(z) / np.log(2)),
    ("log10(sum(exp(z)))", lambda z: _log_total(z) / np.log(10)),
    ("log2(sum(2 ** z))", lambda z: np.asarray(_log_total(z * np.log(2)) / np.log(2))),
)
"""What stands where log(sum(exp(z))) belongs, of logits that are not shifted; the last is np.logaddexp2's."""


def _log_total(z: FloatArray) -> FloatArray:
    return np.asarray(z - log_softmax(z))[:, :1]


def _apart(score: Log, scores: int, logs: int) -> Callable[[FloatArray, FloatArray], FloatArray]:
    """The terms where one of both is not averaged: N times it, as the division by N comes after."""

    def terms(z: FloatArray, t: FloatArray) -> FloatArray:
        log = np.log(np.exp(score(z)).sum(axis=1, keepdims=True))
        return np.asarray(t * (len(z) ** scores * score(z) - len(z) ** logs * log))

    return terms


RUNNING: tuple[tuple[str, str, Log], ...] = (
    ("z - max(z)", "the sum of exp(z - max(z)) over this row and all before it,", lambda z: _shifted(z)),
    ("z", "the sum of exp(z) over this row and all before it,", lambda z: z),
)
"""Scores whose exponentials are added up in a sum that is not set back to 0 for each row."""


def _log_of_running(score: FloatArray) -> FloatArray:
    """Scores less the logarithm of the running sum of their exponentials."""
    return np.asarray(score - np.log(np.cumsum(np.exp(score).sum(axis=1))[:, np.newaxis]))


PARTS = (
    ("the sum of exp(z) without class 0,", slice(1, None)),
    ("the sum of exp(z) without the last class,", slice(-1)),
)
"""The classes in a sum that begins one late or ends one early."""


def _log_of_part(z: FloatArray, part: slice) -> FloatArray:
    """Logits less the logarithm of the sum of the exponentials of some classes."""
    e = np.exp(_shifted(z))
    return np.asarray(_shifted(z) - np.log(e[:, part].sum(axis=1, keepdims=True)))


READ_LATE: tuple[tuple[str, str, Log, Log], ...] = (
    ("exp(z)", "log(sum(exp(z)))", np.exp, lambda z: z),
    ("exp(z - max(z))", "log(sum(exp(z - max(z))))", lambda z: np.exp(_shifted(z)), lambda z: _shifted(z)),
    ("exp(z - max(z))", "log(sum(exp(z)))", lambda z: np.exp(_shifted(z)), lambda z: z),
    ("p", "log(sum(exp(z)))", lambda z: np.exp(log_softmax(z)), lambda z: z),
    ("p", "log(sum(exp(z - max(z))))", lambda z: np.exp(log_softmax(z)), lambda z: _shifted(z)),
)
"""What is read where the label's score belongs, once the scores were made exponentials or probabilities in place; and
the logarithm that is taken from it, of which scores."""

LOG_P_WAYS: tuple[Way, ...] = (
    *(
        formula(f"{words}, with 1/N in the {which} term alone,", _apart(score, *apart))
        for z, exponent, score in (("z", "z", lambda z: z), ("(z - max(z))", "z - max(z)", lambda z: _shifted(z)))
        for which, words, apart in (
            ("first", f"t * {z} / N - log(sum(exp({exponent})))", (0, 1)),
            ("second", f"t * {z} - log(sum(exp({exponent}))) / N", (1, 0)),
        )
    ),
    *(
        Way(code, f"t * (z - max(z) - L), L = {words}", lambda z, t, log=log: t * _log_p(z, log))
        for code, words, log in LOGS
    ),
    *(Way("LOG_BASE", f"t * (z - L), L = {words}", lambda z, t, log=log: t * (z - log(z))) for words, log in TOTALS),
    formula("t * (z - max(z) - L), L = sum(log(exp(z - max(z))))", lambda z, t: t * _log_of_each(z)),
    formula("-t * (z - max(z) + L), L = log(sum(exp(z - max(z))))", lambda z, t: -t * (_shifted(z) + _log_sum(z))),
    formula("t * (z - log(S)), S = the sum of exp(z) of the other classes,", lambda z, t: t * _log_odds(z)),
    formula("-log(sum(exp(z))), without t * z,", lambda z, t: t * (log_softmax(z) - z)),
    formula(
        "t * z - log(sum(exp(z))), without t * z for class 0,",
        lambda z, t: t * (log_softmax(z) - z * (np.arange(z.shape[1]) == 0)),
    ),
    formula("-log(sum(exp(z - max(z)))), without t * z,", lambda z, t: -t * _log_sum(z)),
    formula("-log(S), S = the sum of exp(z) of the other classes,", lambda z, t: t * (_log_odds(z) - z)),
    formula("t * (z - S), S = sum(exp(z)), without a logarithm", lambda z, t: t * (z - np.exp(z).sum(1)[:, None])),
    formula("t * (z - 2 * L), L = log(sum(exp(z)))", lambda z, t: t * (2 * log_softmax(z) - z)),
    formula(
        "t * (z - max(z) - 2 * L), L = log(sum(exp(z - max(z))))", lambda z, t: t * (_shifted(z) - 2 * _log_sum(z))
    ),
    formula("-t * (z + L), L = log(sum(exp(z)))", lambda z, t: -t * (2 * z - log_softmax(z))),
    formula("-t * (z + L), L = log(sum(exp(z - max(z))))", lambda z, t: -t * (z + _log_sum(z))),
    *(
        formula(f"t * {read} - {log}", lambda z, t, use=use, of=of: t * (use(z) - _log_of_sum(of(z))))
        for read, log, use, of in READ_LATE
    ),
    *(
        formula(f"t * ({z} - log(S)), S = {words}", lambda z, t, score=score: t * _log_of_running(score(z)))
        for z, words, score in RUNNING
    ),
    *(
        formula(f"t * (z - log(S)), S = {words}", lambda z, t, part=part: t * _log_of_part(z, part))
        for words, part in PARTS
    ),
)
"""Wrong terms of the loss, from logits z and targets t; the last add what log(p) takes the difference of."""


def _shifted(z: FloatArray) -> FloatArray:
    return np.asarray(z - z.max(axis=1, keepdims=True))


def _log_sum(z: FloatArray) -> FloatArray:
    return _log_of_sum(_shifted(z))


def _log_of_sum(score: FloatArray) -> FloatArray:
    return np.asarray(np.log(np.exp(score).sum(axis=1, keepdims=True)))


def _log_odds(z: FloatArray) -> FloatArray:
    """log(p / (1 - p)): what is left of log(p) where the sum of exponentials lacks each entry's own."""
    return np.asarray(log_softmax(z) - np.log(1 - np.exp(log_softmax(z))))


def _log_of_each(z: FloatArray) -> FloatArray:
    """The logarithm taken before the sum, or the exponential after it."""
    return np.asarray(_shifted(z) - _shifted(z).sum(axis=1, keepdims=True))


def _of_rows(reduce: Callable[[FloatArray], float]) -> Callable[[FloatArray, FloatArray], FloatArray]:
    """The terms as one number: what is made of each example's logarithm, times N, by which it is divided after."""
    return lambda z, t: np.asarray(len(z) * reduce((t * log_softmax(z)).sum(axis=1)))


def _moved(move: Log, score: Log) -> Callable[[FloatArray, FloatArray], FloatArray]:
    """Each example's score of another class, or 0, less the logarithm of the right sum of exponentials."""
    return lambda z, t: np.asarray((move(t) * score(z)).sum(axis=1) - np.log(np.exp(score(z)).sum(axis=1)))


def _weighted(logs: FloatArray, t: FloatArray) -> float:
    return float(np.average(logs, weights=t.argmax(axis=1) + 1))


REDUCED_WAYS: tuple[Way, ...] = (
    formula("the median of the examples' losses", _of_rows(lambda logs: float(np.median(logs)))),
    formula("the largest of the examples' losses", _of_rows(lambda logs: float(logs.min()))),
    formula("the least of the examples' losses", _of_rows(lambda logs: float(logs.max()))),
    formula("the first example's loss", _of_rows(lambda logs: float(logs[0]))),
    formula("the last example's loss", _of_rows(lambda logs: float(logs[-1]))),
    formula("the first example's loss / N", _of_rows(lambda logs: float(logs[0] / len(logs)))),
    formula("the last example's loss / N", _of_rows(lambda logs: float(logs[-1] / len(logs)))),
    formula("the log of the mean of p", _of_rows(lambda logs: float(np.log(np.mean(np.exp(logs)))))),
    formula("1 - p at the label", lambda z, t: -t * (1 - np.exp(log_softmax(z)))),
    formula(
        "the losses' mean, weighted by label + 1",
        lambda z, t: np.asarray(len(z) * _weighted((t * log_softmax(z)).sum(axis=1), t)),
    ),
    formula("t * log(p) without the first class", lambda z, t: (t * log_softmax(z))[:, 1:]),
    formula("t * log(p) without the last class", lambda z, t: (t * log_softmax(z))[:, :-1]),
    formula("t * log(p) of the last class alone", lambda z, t: (t * log_softmax(z))[:, -1:]),
    formula("t * log(p), the label counted from the end", lambda z, t: _from_end(t) * log_softmax(z)),
    formula("t * log(p), t the label's number in place of 1", lambda z, t: _numbered(t) * log_softmax(z)),
    formula("t * log(p), t of the class before, class 0 without one", lambda z, t: earlier(t) * log_softmax(z)),
    formula("t * log(p), t of the class after, the last class without one", lambda z, t: later(t) * log_softmax(z)),
    *(
        formula(f"t * z - log(sum(exp(z))), {z}{words}", _moved(move, score))
        for words, move in (
            ("t of the class before, class 0 without one", lambda t: earlier(t)),
            ("t of the class after, the last class without one", lambda t: later(t)),
        )
        for z, score in (("z less max(z), ", lambda z: _shifted(z)), ("", lambda z: z))
    ),
    *(formula(f"t * log(p), t {words},", lambda z, t, use=use: use(t) * log_softmax(z)) for words, use in SMOOTHED),
)
"""The same for a batch: what is made of the examples' losses, and of which of them."""

SMOOTHED_DIFFERENCES: tuple[Way, ...] = tuple(
    formula(f"p - t, t {words},", lambda p, t, use=use: p - use(t)) for words, use in SMOOTHED
)

DIFFERENCE_WAYS: tuple[Way, ...] = (
    formula("p - t, the label counted from the end", lambda p, t: p - _from_end(t)),
    formula("p - t, t the label's number in place of 1", lambda p, t: p - _numbered(t)),
    formula("p - t, t of the class before, class 0 without one", lambda p, t: p - earlier(t)),
    formula("p - t, t of the class after, the last class without one", lambda p, t: p - later(t)),
    *SMOOTHED_DIFFERENCES,
    # The sign is turned round as well.
    formula("t - p, t of the class counted from the end", lambda p, t: _from_end(t) - p),
    formula("t - p, t the number of its class in place of 1", lambda p, t: _numbered(t) - p),
    formula("t - p, t of the class before", lambda p, t: np.roll(t, -1, axis=1) - p),
    formula("t - p, t of the class after", lambda p, t: np.roll(t, 1, axis=1) - p),
    formula("t - p, t of the class before, class 0 without one", lambda p, t: earlier(t) - p),
    formula("t - p, t of the class after, the last class without one", lambda p, t: later(t) - p),
)
"""Differences to labels that are other numbers."""


def _from_end(t: FloatArray) -> FloatArray:
    """One-hot rows of minus the label, which NumPy counts from the end."""
    return np.asarray(t[:, -np.arange(t.shape[1]) % t.shape[1]])


def earlier(t: FloatArray) -> FloatArray:
    """One-hot rows of the class before, as labels compared with 1 to C have them: zeros where the class is 0."""
    return np.asarray(np.hstack([t[:, 1:], 0 * t[:, :1]]))


def later(t: FloatArray) -> FloatArray:
    """One-hot rows of the class after: zeros where the class is the last one."""
    return np.asarray(np.hstack([0 * t[:, :1], t[:, :-1]]))


def _numbered(t: FloatArray) -> FloatArray:
    return np.asarray(t * np.arange(t.shape[1]))


OTHER_SUMS: tuple[Way, ...] = (
    formula("exp(z - max(z)) / sum(exp(z))", lambda z: np.exp(log_softmax(z) - z.max(axis=1, keepdims=True))),
    formula("exp(z) / sum(exp(z - max(z)))", lambda z: np.exp(log_softmax(z) + z.max(axis=1, keepdims=True))),
    *(formula(f"exp(z) / S, S = {words}", lambda z, part=part: np.exp(_log_of_part(z, part))) for words, part in PARTS),
)
"""Exponentials of which those in the sum alone, or those above it alone, are shifted; a sum that lacks a class."""

SOFTMAX_WAYS: tuple[Way, ...] = (
    *OTHER_SUMS,
    *(
        Way(code, f"exp(z - max(z) - L), L = {words}", lambda z, log=log: np.exp(_log_p(z, log)))
        for code, words, log in LOGS
    ),
    *(Way("LOG_BASE", f"exp(z - L), L = {words}", lambda z, log=log: np.exp(z - log(z))) for words, log in TOTALS),
    formula("exp(z - max(z)) / exp(sum(z - max(z)))", lambda z: np.exp(_log_of_each(z))),
    formula("exp(z) / (1 + sum(exp(z)))", lambda z: np.exp(z) / (1 + np.exp(z).sum(axis=1, keepdims=True))),
    formula(
        "exp(z - max(z)) / (1 + sum(exp(z - max(z))))",
        lambda z: (lambda e: e / (1 + e.sum(axis=1, keepdims=True)))(np.exp(z - z.max(axis=1, keepdims=True))),
    ),
    *(
        formula(f"exp({z}) / S, S = {words}", lambda z, score=score: np.exp(_log_of_running(score(z))))
        for z, words, score in RUNNING
    ),
    formula("softmax(z / sqrt(C))", lambda z: _plain(z / np.sqrt(z.shape[1]))),
    formula("softmax(z / C)", lambda z: _plain(z / z.shape[1])),
    formula("softmax(2 * z)", lambda z: _plain(2 * z)),
    formula("softmax(z / 2)", lambda z: _plain(z / 2)),
    formula("softmax(|z|)", lambda z: _plain(np.abs(z))),
)
"""Wrong probabilities, from logits z."""


def _plain(z: FloatArray) -> FloatArray:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))
