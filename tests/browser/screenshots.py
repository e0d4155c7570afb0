"""`make screenshots`: photographs the main pages, with work that is really graded, into docs/screenshots.

The same course, names, seed and moment in every run; only what the grader times differs. Reports are kept below the
folder named by --keep, so that a second run grades nothing.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from grader.audit import outcome_json
from grader.audit.examination import Effort, audit
from grader.grade import grade
from grader.report import Report
from grader.report_json import from_json, to_json
from grader.sandbox.levels import choose
from reference.catalog import AssignmentFolder, Catalog
from submissions.uploads.intake import receive
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.demonstration import COURSE, PATH, SLUG, Demonstration, Demonstrator, Piece
from tests.browser.serving import served
from tests.browser.visit import Visit

FOLDER = Path(__file__).parent.parent.parent / "docs" / "screenshots"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
EVERYWHERE: tuple[tuple[Literal["light", "dark"], str], ...] = (
    ("light", "desktop"),
    ("dark", "phone"),
    ("dark", "desktop"),
    ("light", "phone"),
)
MOST_BYTES = 1_500_000
AUDIT = Effort(runs=2, budget=40.0, seeds=20)

NAMES = (
    "Ada Novak, Bashir Khan, Chiara Conti, Daniel Osei, Emi Tanaka, Farid Haddad, Greta Lind, Hugo Moreau, Imani Bah, "
    "Jonas Weber, Kavya Iyer, Lukas Berg, Maren Holt, Nora Byrne, Omar Farouk, Priya Nair, Quentin Roy, Rosa Vidal, "
    "Samir Aziz, Tara Quinn, Umut Kaya, Vera Popa, Wei Zhang, Xenia Wolf, Yusuf Demir, Zara Ahmed, Anton Falk, Bea Orr,"
    " Carl Winter, Dana Levi, Elif Arslan, Finn Murphy"
).split(", ")
SHARES = {
    "solution": 9,
    "MEAN_OVER_BATCH_SHAPE": 5,
    "RELU_MASK_MISSING": 4,
    "SOFTMAX_UNSTABLE": 3,
    "BIAS_NOT_SUMMED": 2,
    "NO_MOMENTUM": 2,
    "SIGN.grad_ce": 1,
    "SOFTMAX_AXIS": 1,
}
"""How many students' last attempt each source is."""


TRIES = {("RELU_MASK_MISSING", 0): 5, ("MEAN_OVER_BATCH_SHAPE", 1): 4, ("SOFTMAX_UNSTABLE", 2): 4}
"""Of which source which student handed in so often without getting further."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as somebody sees it: light on a desk, so many pixels of it, and dark on a phone; or in all four ways."""

    name: str
    who: str
    path: str
    height: int
    everywhere: bool = False


SHOTS = (
    Shot("course", "student", f"/courses/{COURSE}", 560),
    Shot("assignment", "student", PATH, 640),
    Shot("result", "student", "/submissions/{mine}", 940, everywhere=True),
    Shot("dashboard", "instructor", f"{PATH}/dashboard", 1000, everywhere=True),
    Shot("set-up", "instructor", f"{PATH}/edit", 700),
    Shot("people", "instructor", f"/courses/{COURSE}/people", 720),
    Shot("regrade", "instructor", f"{PATH}/regrade", 720),
)


def pieces() -> Iterator[Piece]:
    """Everybody's attempts: some begin with the starter, one is stuck, the last three of the list hand in later."""
    student = 1
    yield Piece(0, "starter", "a1.py", 75)
    yield Piece(0, "MEAN_OVER_BATCH_SHAPE", "a1.py", 50)
    yield Piece(0, "RELU_MASK_MISSING", "a1.py", 46)
    for source, count in SHARES.items():
        for number in range(count):
            if number % 2:
                yield Piece(student, "starter", "network.py", 70 - student)
            tries = TRIES.get((source, number), 1)
            for again in range(tries):
                yield Piece(student, source, "network.py", 45 - student - again)
            student += 1


def main() -> None:
    """Make the course, look at it, and write the pictures."""
    parser = argparse.ArgumentParser(description="Photograph the main pages into docs/screenshots.")
    parser.add_argument("--keep", type=Path, help="keep the reports in this folder and take them from there")
    arguments = parser.parse_args()
    folder = Catalog.builtin().get(SLUG)
    sources = {"starter": folder.starter, "solution": folder.solution, **folder.mistakes}
    used = {name: sources[name].encode() for name in ("starter", *SHARES)}
    with tempfile.TemporaryDirectory() as scratch:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.png"):
            old.unlink()
        kept = arguments.keep or Path(scratch)
        reports = _graded(folder, used, kept)
        _photograph(Path(scratch) / "data", used, reports, _audited(folder, kept))
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{FOLDER.name}: {len(list(FOLDER.glob('*.png')))} pictures, {size / 1000:.0f} kB")
    assert size <= MOST_BYTES, f"more than {MOST_BYTES} bytes"


def _graded(folder: AssignmentFolder, sources: Mapping[str, bytes], kept: Path) -> dict[str, Report]:
    """The report on each source."""
    kept.mkdir(parents=True, exist_ok=True)
    found = {}
    with closing(choose("auto")) as sandbox:
        for name, data in sources.items():
            path = kept / f"{name}-{folder.version.removeprefix('sha256:')[:12]}.json"
            if not path.exists():
                report = grade(folder, receive("a1.py", data).upload, sandbox, "public:1")
                path.write_text(json.dumps(to_json(report)), encoding="utf-8")
            found[name] = replace(from_json(json.loads(path.read_text(encoding="utf-8"))), seconds=0.2)
    return found


def _audited(folder: AssignmentFolder, kept: Path) -> Mapping[str, Any]:
    """A short audit of the assignment."""
    path = kept / f"audit-{folder.version.removeprefix('sha256:')[:12]}.json"
    if not path.exists():
        with closing(choose("auto")) as sandbox:
            path.write_text(json.dumps(outcome_json.to_json(audit(folder, sandbox, AUDIT))), encoding="utf-8")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _photograph(
    data: Path, sources: Mapping[str, bytes], reports: Mapping[str, Report], audited: Mapping[str, Any]
) -> None:
    data.mkdir()
    with served(data) as service:
        milder = {"SOFTMAX_UNSTABLE": 3.0, "SIGN.grad_ce": 6.0}
        context = service.app.state.context
        demonstrator = Demonstrator(context, service.clock, sources, reports.__getitem__, milder, audited)
        made = demonstrator.make(NAMES, tuple(pieces()), service.password)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for shot in SHOTS:
                _shoot(browser, service.address, demonstrator, made, shot)
            browser.close()


def _shoot(browser: Browser, address: str, demonstrator: Demonstrator, made: Demonstration, shot: Shot) -> None:
    for theme, kind in EVERYWHERE if shot.everywhere else EVERYWHERE[:2]:
        size = DESK if kind == "desktop" else PHONE
        height = shot.height if kind == "desktop" else size["height"]
        with Visit(browser, address, demonstrator.sign_in(made.people[shot.who])) as visit:
            visit.wear(theme, size)
            for _ in range(2):  # a font that came too late for the first visit is in the cache of the second
                assert visit.open(shot.path.format(mine=made.submissions["RELU_MASK_MISSING"])) == 200
            visit.page.screenshot(
                path=FOLDER / f"{shot.name}-{kind}-{theme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": size["width"], "height": height},
            )


if __name__ == "__main__":
    main()
