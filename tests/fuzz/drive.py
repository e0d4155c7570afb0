"""One target under atheris: `python -m tests.fuzz.drive TARGET [options of libFuzzer] [folder of inputs]`.

Started by campaign.py. atheris is an extra of its own (see DECISIONS.md), so no test imports this file.
"""

import sys

import atheris

INSTRUMENTED = ["grader.sandbox.channel", "grader.sandbox.inside", "submissions", "json", "zipfile", "tests.fuzz"]
"""What is searched for new paths: our readers and the standard library's below them."""

with atheris.instrument_imports(include=INSTRUMENTED):
    from tests.fuzz.targets import TARGETS


def drive(arguments: list[str]) -> None:
    """Fuzz until libFuzzer's options say stop; does not return."""
    target = TARGETS[arguments[1]]

    def one(data: bytes) -> None:
        target.read(data)

    atheris.Setup([arguments[0], *arguments[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    drive(sys.argv)
