"""Open files that hold answers, under every name that comes to mind."""
import glob


def attack(folder):
    found = glob.glob(folder + "/**/*.py", recursive=True)
    return [open(folder + name).read() for name in ("/answers.py", "/solution.py")] + found
