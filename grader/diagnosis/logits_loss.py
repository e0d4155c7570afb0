"""Known wrong softmax losses of logits; arguments are Z, y, the result is called loss."""

from collections.abc import Sequence

import numpy as np

from grader.comparison import Outcome
from grader.diagnosis.epoch_batches import formula
from grader.diagnosis.mismatch import Candidate
from grader.diagnosis.softmax_classifier import loss_terms
from reference.data import one_hot

LOSS = "np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(N), y])"


def softmax_loss(outcome: Outcome) -> Sequence[Candidate]:
    """What wrong losses of logits are for one outcome."""
    z = outcome.probe.arguments["Z"]
    targets = one_hot(np.asarray(outcome.probe.arguments["y"], dtype=np.int64), z.shape[1])
    return [
        *(Candidate(code, {"loss": value}, LOSS) for code, value in loss_terms(z, targets)),
        *(
            Candidate(
                "OTHER_FORMULA",
                {"loss": np.asarray((np.log(np.exp(of).sum(axis=1)) - (of * targets).mean(axis=1)).mean())},
                LOSS,
                formula("the label's score divided by N * C", "the label's score divided by N"),
            )
            for of in (z, z - z.max(axis=1, keepdims=True))
        ),
    ]
