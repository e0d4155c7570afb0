"""What people call a browser, from what it calls itself: enough to tell one's phone from the machine in the lab."""

from grader.translation import gettext as _
from grader.translation import gettext_noop

BROWSERS = (  # in this order: most browsers also name those they want to be taken for
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = gettext_noop("A browser that gave no name")


def browser_name(agent: str) -> str:
    """Firefox on Linux; what can be recognised of a User-Agent header."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if browser and system:
        return _("{browser} on {system}", browser=browser, system=system)
    return browser or (_("A browser on {system}", system=system) if system else _(UNKNOWN))
