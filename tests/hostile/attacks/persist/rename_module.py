"""Put a file where the interpreter looks first."""
import os


def attack():
    os.rename("/nowhere/sitecustomize.py", os.path.dirname(os.__file__) + "/sitecustomize-left.py")
