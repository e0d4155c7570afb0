"""The assignments of an installation: put together in one place, so that all of it refuses the same ones."""

from pathlib import Path

import app


def test_nothing_else_puts_a_catalogue_together() -> None:
    """A catalogue made elsewhere would show or grade what is refused here; an audit alone looks at what is broken."""
    sources = Path(app.__file__).parent.rglob("*.py")
    makers = [path.name for path in sources if "Catalog.builtin(" in path.read_text()]

    assert makers == ["installed_catalog.py"]
