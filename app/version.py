"""Which version of Chainrule this is."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """The installed version; 0 in a checkout that was not installed."""
    try:
        return version("chainrule")
    except PackageNotFoundError:
        return "0"
