"""What the files of a report are called: words of the assignment, as file names take them."""


def experiment_group(name: str, dataset: str) -> str:
    """What the files of an experiment begin with."""
    return f"experiment-{_slug(name)}-{_slug(dataset)}"


def training_group(function: str) -> str:
    """What the files of a training begin with."""
    return f"training-{_slug(function)}"


def _slug(text: str) -> str:
    """Lower-case ASCII letters, digits and hyphens only: it is part of a file name."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    return "-".join(filter(None, kept.split("-"))) or "x"
