"""The Dockerfile, checked without an engine: sources exist, steps run in clean environments, the command works."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
START_SECONDS = 60  # bound for a loaded machine; a start takes a few seconds
STOP_SECONDS = 30


@dataclass(frozen=True)
class Instruction:
    """One instruction of a Dockerfile: its word in capitals and the rest, continuation lines joined."""

    word: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The rest: the list of a JSON form, or what blanks separate."""
        return list(json.loads(self.rest)) if self.rest.startswith("[") else self.rest.split()


def stages() -> list[list[Instruction]]:
    """The instructions of each stage, from its FROM on."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    found: list[list[Instruction]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        word, rest = line.split(None, 1)
        if word == "FROM":
            found.append([])
        if found:
            found[-1].append(Instruction(word, " ".join(rest.split())))
    return found


def only(stage: list[Instruction], word: str) -> Instruction:
    """The one instruction of that word in a stage."""
    (found,) = [instruction for instruction in stage if instruction.word == word]
    return found


def environment(stage: list[Instruction]) -> dict[str, str]:
    """What the ENV instructions of a stage set."""
    pairs = [pair for instruction in stage if instruction.word == "ENV" for pair in instruction.words]
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def copies(stage: list[Instruction]) -> list[tuple[list[str], str]]:
    """(sources, destination) of every COPY from the repository."""
    found = [instruction.words for instruction in stage if instruction.word == "COPY"]
    return [(words[:-1], words[-1]) for words in found if not words[0].startswith("--from")]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps `path` out of the build; the last pattern that matches decides."""
    decision = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.strip().removeprefix("!")
        if not pattern or pattern.startswith("#"):
            continue
        shape = "".join({"**/": "(.*/)?", "*": "[^/]*"}.get(p, re.escape(p)) for p in re.split(r"(\*\*/|\*)", pattern))
        if re.fullmatch(f"{shape}(/.*)?", path):
            decision = not line.startswith("!")
    return decision


def test_every_source_of_a_copy_exists_and_reaches_the_build() -> None:
    sources = [source for stage in stages() for found, _ in copies(stage) for source in found]

    assert sources
    assert [source for source in sources if not (ROOT / source).exists() or ignored(source)] == []


@pytest.mark.parametrize("path", [".git/config", ".venv/bin/python", "data/secret.key", "tests/conftest.py"])
def test_nothing_else_reaches_the_build(path: str) -> None:
    assert ignored(path)


def test_the_image_does_not_run_as_root() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", only(stages()[-1], "USER").rest)


def test_every_install_is_from_a_lock_or_from_the_wheel() -> None:
    installs = [i.rest for stage in stages() for i in stage if i.word == "RUN" and "pip install" in i.rest]

    assert installs
    assert [line for line in installs if "--require-hashes" not in line and "--no-index" not in line] == []


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml"])
def test_every_setting_named_exists(file: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}([A-Z_]+)", (ROOT / file).read_text(encoding="utf-8")))

    assert named
    assert named <= {name.upper() for name in Settings.model_fields}


@dataclass(frozen=True)
class Image:
    """What the build stage made, with its absolute paths moved below `root`."""

    root: Path

    def place(self, text: str) -> str:
        """`text` with /build and /opt moved below the root."""
        return re.sub(r"(?<![\w./])/(?=(build|opt)\b)", f"{self.root}/", text)

    def command(self, words: list[str]) -> list[str]:
        """An ENTRYPOINT or HEALTHCHECK command with its program found where the last stage's PATH finds it first."""
        first = environment(stages()[-1])["PATH"].split(":")[0]
        return [str(Path(self.place(first)) / words[0]), *words[1:]]

    def variables(self, data: Path, port: int) -> dict[str, str]:
        """The last stage's environment, with a data folder and an address that a test may use."""
        of_the_image = {name: value for name, value in environment(stages()[-1]).items() if name != "PATH"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "PYTHON", "VIRTUAL"))}
        moved = {"DATA_DIR": str(data), "HOST": "127.0.0.1", "PORT": str(port)}
        return kept | of_the_image | {PREFIX + name: value for name, value in moved.items()}


def copy(source: str, destination: Path) -> None:
    """Do what COPY does with one source: a folder's content, or a file into a folder."""
    path = ROOT / source
    if path.is_dir():
        shutil.copytree(path, destination, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    else:
        shutil.copy(path, destination)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """The build stage, carried out step by step: its COPY and RUN lines, with a fresh Python as the base's."""
    root = tmp_path_factory.mktemp("image")
    made = Image(root)
    base = root / "base"
    subprocess.run([sys.executable, "-m", "venv", str(base)], check=True, timeout=120)
    build = stages()[0]
    folder = root
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    variables |= environment(build) | {"PATH": f"{base}/bin:{os.environ['PATH']}"}
    for instruction in build:
        if instruction.word == "WORKDIR":
            folder = Path(made.place(instruction.rest))
            folder.mkdir(parents=True)
        elif instruction.word == "COPY":
            for source in instruction.words[:-1]:
                copy(source, folder / instruction.words[-1])
        elif instruction.word == "RUN":
            line = made.place(instruction.rest)
            ended = subprocess.run(
                line, shell=True, cwd=folder, env=variables, capture_output=True, text=True, timeout=600, check=False
            )
            assert ended.returncode == 0, f"{line}\n{ended.stdout}\n{ended.stderr}"
    return made


def entrypoint(image: Image, *arguments: str) -> list[str]:
    """The ENTRYPOINT with the arguments of `docker run`, or with CMD if there are none."""
    last = stages()[-1]
    return image.command([*only(last, "ENTRYPOINT").words, *(arguments or only(last, "CMD").words)])


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["worker", "--help"]], ids=" ".join)
def test_the_command_explains_itself(image: Image, tmp_path: Path, arguments: list[str]) -> None:
    command = entrypoint(image, *arguments)
    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=image.variables(tmp_path, 0),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert "Usage: chainrule" in ended.stdout


def test_what_is_installed_grades(image: Image, tmp_path: Path) -> None:
    """The starter, as the installed command prints it, graded by the installed command: data, sandbox and all."""

    def say(*arguments: str) -> str:
        ended = subprocess.run(
            entrypoint(image, *arguments),
            cwd=tmp_path,
            env=image.variables(tmp_path, 0),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    (tmp_path / "starter.py").write_text(say("starter", "ece421-numpy-nn"), encoding="utf-8")
    report = json.loads(say("grade", "ece421-numpy-nn", "starter.py", "--json"))

    assert report["score"] == {"given": 0.0, "maximum": 100.0}


@contextmanager
def started(command: list[str], folder: Path, variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended, by its id, when the block is left; what it says goes to a file in `folder`."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=variables, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def log(folder: Path) -> str:
    """What the started process said."""
    return (folder / "log").read_text(encoding="utf-8", errors="replace")


def answers(url: str) -> bool:
    """Whether `url` answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def test_serve_answers_as_the_image_starts_it(image: Image, tmp_path: Path) -> None:
    variables = image.variables(tmp_path / "data", 0)
    (tmp_path / "data").mkdir()
    with started(entrypoint(image), tmp_path, variables) as process:
        deadline = time.monotonic() + START_SECONDS
        while (said := re.search(r"answers at (http://127\.0\.0\.1:(\d+))", log(tmp_path))) is None:
            assert process.poll() is None, log(tmp_path)
            assert time.monotonic() < deadline, log(tmp_path)
            time.sleep(0.1)
        address, port = said.groups()
        while not answers(f"{address}/healthz") and time.monotonic() < deadline:
            assert process.poll() is None, log(tmp_path)
            time.sleep(0.1)
        check = only(stages()[-1], "HEALTHCHECK").rest.split(" CMD ", 1)[1]
        probe = image.command(json.loads(check.replace(":8000/", f":{port}/")))
        healthy = subprocess.run(probe, env=variables, cwd=tmp_path, timeout=START_SECONDS, check=False)

        assert healthy.returncode == 0, log(tmp_path)
        assert process.poll() is None, log(tmp_path)
        process.terminate()
        assert process.wait(STOP_SECONDS) in (0, -signal.SIGTERM), log(tmp_path)


def test_worker_starts_and_stops_when_told(image: Image, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    variables = image.variables(tmp_path / "data", 0)
    subprocess.run(entrypoint(image, "migrate"), cwd=tmp_path, env=variables, timeout=START_SECONDS, check=True)
    with started(entrypoint(image, "worker"), tmp_path, variables) as process:
        deadline = time.monotonic() + START_SECONDS
        while not log(tmp_path) and time.monotonic() < deadline:
            assert process.poll() is None, log(tmp_path)
            time.sleep(0.1)

        assert log(tmp_path), "the worker says nothing"
        assert process.poll() is None, log(tmp_path)
        process.terminate()
        assert process.wait(STOP_SECONDS) in (0, -signal.SIGTERM), log(tmp_path)
