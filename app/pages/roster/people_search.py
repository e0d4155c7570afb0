"""Finding people in a long list: by parts of their names and addresses."""

import unicodedata
from collections.abc import Sequence

from submissions.models import Enrollment

LONGEST_SEARCH = 200


def people_found(people: Sequence[Enrollment], words: str) -> list[Enrollment]:
    """Who has every one of the words in name or address, whatever the case and the accents; all for no words."""
    wanted = _plain(words[:LONGEST_SEARCH]).split()
    return [one for one in people if all(word in _plain(f"{one.user.name} {one.user.email}") for word in wanted)]


def _plain(text: str) -> str:
    """Small letters without accents: Müller is found by muller, and by müller however it is composed."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()
