"""Serve every further import oneself, and forget the ones that were made."""
import sys
import types


class Finder:
    def find_spec(self, *arguments):
        raise SystemExit("import")


def attack():
    sys.meta_path[:] = [Finder()]
    for name in ("json", "json.encoder", "io", "os", "numpy"):
        sys.modules[name] = types.ModuleType(name)
    return 1.0
