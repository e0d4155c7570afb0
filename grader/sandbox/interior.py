"""What a sandbox with a root of its own holds: the interpreter, its library, NumPy, and the machine code they load."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.launch import ENVIRONMENT, plain_command

SURVEY_SECONDS = 60.0  # a tenth of a second on an idle machine
ELSEWHERE = ("site-packages", "dist-packages")  # installed beside the standard library: not for students
LOADER_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
"""Where the dynamic loader has its fixed name, which programs carry in themselves, and its default folders."""

LOADER_CACHE = "/etc/ld.so.cache"


class NoInterior(Exception):
    """The survey failed; the message says why, for an operator."""


@dataclass(frozen=True, slots=True)
class Interior:
    """Files and folders by their paths on this machine.

    files: single files and whole folders, none above another. links: path -> target, as they stand here. hidden:
    folders within `files` that stay empty. numpy: folder of the package. mapped_bytes: address space of all this
    when it is loaded.
    """

    interpreter: str
    files: tuple[str, ...]
    links: Mapping[str, str]
    hidden: tuple[str, ...]
    numpy: str
    mapped_bytes: int


def survey() -> Interior:
    """Look at what a process of ours loads; a tenth of a second. Raises NoInterior."""
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and our own folder
            plain_command({"survey": True}),
            env=ENVIRONMENT,
            cwd="/",
            capture_output=True,
            timeout=SURVEY_SECONDS,
            check=True,
        )
        found = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        raise NoInterior(f"the survey failed: {error.stderr.decode('utf-8', 'replace').strip()[-500:]}") from error
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise NoInterior(f"the survey failed: {error}") from error
    library, numpy = found["library"], found["numpy"]
    interpreter = os.path.realpath(sys.executable)
    packages = {str(path) for path in (Path(numpy), Path(f"{numpy}.libs")) if path.is_dir()}
    alone = [path for path in found["mapped"] if not _within(path, [library, *packages]) and Path(path).is_file()]
    files = {library, *packages, *alone, interpreter}
    if Path(LOADER_CACHE).is_file():
        files.add(LOADER_CACHE)
    return Interior(
        interpreter=interpreter,
        files=tuple(sorted(files)),
        links=_links(alone),
        hidden=tuple(str(path) for name in ELSEWHERE if (path := Path(library, name)).is_dir()),
        numpy=numpy,
        mapped_bytes=found["mapped_bytes"],
    )


def _links(files: Iterable[str]) -> Mapping[str, str]:
    """The links by which `files` are looked for: a library by its short name, the loader, folders moved to /usr."""
    targets = set(files)
    folders = {str(Path(file).parent) for file in files} | {f for f in LOADER_FOLDERS if not Path(f).is_symlink()}
    links = {folder: str(Path(folder).readlink()) for folder in LOADER_FOLDERS if Path(folder).is_symlink()}
    for folder in sorted(folders):
        for entry in os.scandir(folder) if Path(folder).is_dir() else ():
            if entry.is_symlink() and os.path.realpath(entry.path) in targets:
                links[entry.path] = os.path.realpath(entry.path)  # whatever lies between is not there inside
    return {path: target for path, target in links.items() if path not in targets}


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(Path(folder) in Path(path).parents for folder in folders)
