"""Serves the other files of a submission to its import statements, from memory."""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Mapping, Sequence


def module_names(files: Sequence[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Dotted module name -> (file name, text), the graded file first among `files`.

    A file in folders is also known without the outer of them where that is free: as Python knows it when a file of the
    inner one is run. Files beside or below the graded one come first, then in their order.
    """
    modules: dict[str, tuple[str, str]] = {}
    folder = files[0][0].rpartition("/")[0]
    near = sorted(files, key=lambda file: not file[0].startswith(f"{folder}/") if folder else False)
    for name, source in files:
        modules.setdefault(_dotted(name), (name, source))
    for name, source in near:
        if folder and name.startswith(f"{folder}/"):
            modules.setdefault(_dotted(name.removeprefix(f"{folder}/")), (name, source))
    for name, source in near:
        parts = _dotted(name).split(".")
        for outer in range(1, len(parts)):
            modules.setdefault(".".join(parts[outer:]), (name, source))
    return modules


def _dotted(name: str) -> str:
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


class UploadFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Asked before the standard library, as the folder of a script is; modules already loaded (NumPy) stay real."""

    def __init__(
        self, modules: Mapping[str, tuple[str, str]], fill: Callable[[types.ModuleType, str, str], None]
    ) -> None:
        self._modules = modules
        self._fill = fill
        self._folders = {
            dotted.rsplit(".", depth)[0] for dotted in modules for depth in range(1, dotted.count(".") + 1)
        } - set(modules)

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A spec for a file of the submission or a folder of such files; None for anything else."""
        if fullname not in self._modules and fullname not in self._folders:
            return None
        file = self._modules.get(fullname)
        package = fullname in self._folders or (file is not None and file[0].endswith("__init__.py"))
        return importlib.machinery.ModuleSpec(fullname, self, is_package=package)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the file by the same rules as the entry file."""
        file = self._modules.get(module.__name__)
        if file is not None:
            self._fill(module, *file)


def install(finder: UploadFinder) -> None:
    """Put the finder first."""
    sys.meta_path.insert(0, finder)
