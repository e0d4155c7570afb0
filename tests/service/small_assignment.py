"""The example assignment with short limits, in a folder of its own: gradings of milliseconds, and hangs of a second."""

from pathlib import Path

from reference.example_folder import write_example

SLUG = "small-sigmoid"

# Processor time, not wall time, so that a right file is right on a machine that is busy with other things.
LIMITS = "Limits(load_seconds=60.0, call_seconds=60.0, cpu_seconds=1, memory_mib=256, part_seconds=120.0)"


def write_small_assignment(into: Path) -> str:
    """Write it, and give its slug."""
    file = write_example(SLUG, into) / "assignment.py"
    source = file.read_text(encoding="utf-8")
    for before, after in (
        ("    functions=(", f"    limits={LIMITS},\n    functions=("),
        ("Gradient, Operation", "Gradient, Limits, Operation"),
    ):
        assert source.count(before) == 1, f"the example has changed: {before!r}"
        source = source.replace(before, after)
    file.write_text(source, encoding="utf-8")
    return SLUG
