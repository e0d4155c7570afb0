"""An outcome of an audit, for the tests of what shows it."""

from grader.audit.outcome import Mutation, Outcome, Rejection, Survivor, Threshold, Times


def outcome(caught: int = 19, rejected: tuple[str, ...] = (), version: str = "sha256:0") -> Outcome:
    """Of an assignment with one training; 20 of 30 mutants tried, `caught` of them caught."""
    survivors = tuple(Survivor(f"x + {number}", number, "") for number in range(20 - caught))
    return Outcome(
        slug="ece421-numpy-nn",
        version=version,
        mutation=Mutation(30, 20, caught, survivors),
        rejection=Rejection(120, rejected),
        thresholds=(Threshold("train", "digits", 0.92, 0.999, 20, 20),),
        solution=100.0,
        starter=0.0,
        maximum=100.0,
        mistakes=12,
        mistaken=(),
        times=Times(0.17, 6.2, 0.11, 0.16),
        seconds=61.0,
    )
