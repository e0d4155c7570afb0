"""Wait until the answers can be read where they are written."""
import select


def attack():
    select.select([3], [], [])
