"""What can be wrong with the material instructors and operators supply.

MaterialError
├── UnknownAssignment    no folder of the catalogue has this slug
├── AssignmentInvalid    an assignment's folder contradicts itself; carries every reason
├── FolderRefused        a new assignment cannot be written where it was asked for
└── DatasetInvalid       a data file is not what its reader expects
"""


class MaterialError(Exception):
    """Root of the faults in supplied material."""


class UnknownAssignment(MaterialError):
    """No folder of the catalogue has this slug."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"there is no assignment called {slug!r}")
        self.slug = slug


class AssignmentInvalid(MaterialError):
    """An assignment's folder contradicts itself; `reasons` has one sentence for each contradiction."""

    def __init__(self, slug: str, reasons: tuple[str, ...]) -> None:
        super().__init__(f"the assignment {slug!r} is not usable: " + "; ".join(reasons))
        self.slug = slug
        self.reasons = reasons


class FolderRefused(MaterialError):
    """A new assignment cannot be written where it was asked for; the message says why."""


class DatasetInvalid(MaterialError):
    """A data file is not what its reader expects; the message names the file and the first contradiction."""
