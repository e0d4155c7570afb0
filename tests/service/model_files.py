"""What students hand in for a shipped assignment: its solution, its mistakes, files that hang, and hostile ones."""

from collections.abc import Mapping, Sequence
from random import Random

from reference.catalog import AssignmentFolder, Catalog

PERCENT: Mapping[str, int] = {"good": 60, "bad": 33, "hanging": 1, "hostile": 6}
"""How many of a hundred uploads are of each kind."""

REPLACED = "\n\ndef {name}(*arguments):\n{body}"

HANGS = "    while True:\n        pass\n"

HARMS = (
    "    import os\n    os.kill(os.getppid(), 9)\n",
    "    print('x' * 10_000_000)\n",
    "    return np.ones((1 << 16, 1 << 16))\n",
    "    open('/etc/passwd').read()\n",
)


def model_files(model: str) -> dict[str, list[str]]:
    """The files of each kind of PERCENT."""
    folder = Catalog.builtin().get(model)
    return {
        "good": [folder.solution],
        "bad": list(folder.mistakes.values()),
        "hanging": [_with(folder, HANGS)],
        "hostile": [_with(folder, harm) for harm in HARMS],
    }


def drawn(files: Mapping[str, Sequence[str]], rng: Random, number: int) -> str:
    """A file of a kind as often as it is handed in; `number` makes it another than everybody else's."""
    kind = rng.choices(list(PERCENT), list(PERCENT.values()))[0]
    return f"{rng.choice(files[kind])}\n# {number}\n"


def _with(folder: AssignmentFolder, body: str) -> str:
    """The solution, with its last function replaced."""
    name = folder.assignment.functions[-1].name
    return folder.solution + REPLACED.format(name=name, body=body)
