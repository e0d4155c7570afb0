"""Let the standard library open a file to show its source."""
import linecache


def attack(folder):
    return linecache.getlines(folder + "/answers.py")
