"""Import a file from a folder of the machine."""
import importlib.util


def attack(folder):
    spec = importlib.util.spec_from_file_location("answers", folder + "/answers.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return float(module.ANSWER)
