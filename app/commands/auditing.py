"""`chainrule audit` and `new-assignment`: what instructors need before students do."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from app.commands.opening import opened_database
from app.errors import BadForm
from app.settings import SandboxLevel, read_settings
from grader.audit.examination import Effort
from grader.audit.outcome import Outcome
from grader.audit.outcome_json import to_json
from grader.audit.pool import Asked, side_by_side
from grader.sandbox.levels import choose
from reference.catalog import SHIPPED, Catalog
from reference.example_folder import write_example
from submissions.clock import system_clock


@click.command("new-assignment")
@click.argument("slug")
@click.option("--into", type=click.Path(path_type=Path), default=Path(), help="Folder to make it in (here).")
def new_assignment(slug: str, into: Path) -> None:
    """Write a small whole assignment called SLUG, which passes its audit, to be changed into your own."""
    made = write_example(slug, into)
    click.echo(f"{made} is ready. Try it: chainrule audit --folder {made}")


@click.command()
@click.argument("slug", required=False)
@click.option("--all", "every", is_flag=True, help="Audit every assignment.")
@click.option("--folder", type=click.Path(path_type=Path), help="Audit a folder wherever it is.")
@click.option("--seeds", default=100, show_default=True, type=click.IntRange(1, 100_000), help="For the solution.")
@click.option(
    "--runs", default=10, show_default=True, type=click.IntRange(1, 100_000), help="Seeds of variants and trainings."
)
@click.option(
    "--budget", default=15.0, show_default=True, type=click.FloatRange(0), help="Seconds for mutants and trainings."
)
@click.option("--keep", is_flag=True, help="Keep the results for the pages of instructors, in the service's database.")
@click.option("--jobs", default=0, type=click.IntRange(0), help="Audits at the same time (one a core).")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON and nothing else.")
@click.option("--sandbox", type=click.Choice([level.value for level in SandboxLevel]), help="Which walls to use.")
def audit(
    slug: str | None,
    every: bool,
    folder: Path | None,
    seeds: int,
    runs: int,
    budget: float,
    keep: bool,
    jobs: int,
    as_json: bool,
    sandbox: str | None,
) -> None:
    """Say whether an assignment is fit for students; exits with 1 if something is red."""
    if sum((slug is not None, every, folder is not None)) != 1:
        raise BadForm("Say one of SLUG, --all and --folder PATH.")
    if keep and folder is not None:
        raise BadForm("Pages show assignments of the catalogue only: name its folder by CHAINRULE_ASSIGNMENTS.")
    settings = read_settings(sandbox=sandbox)
    roots: tuple[Path, ...] = (SHIPPED, *settings.assignment_folders)
    slugs = Catalog(roots).slugs() if every else (slug or "",)
    if folder is not None:
        place = folder.resolve()
        roots, slugs = (place.parent,), (place.name,)
    with closing(choose(settings.sandbox.value)) as proven:
        level = proven.level
    asked = [Asked(name, roots, Effort(runs, budget, seeds), level) for name in slugs]
    found: list[dict[str, Any]] = []
    kept: dict[str, dict[str, Any]] = {}
    for name, outcome in zip(slugs, side_by_side(asked, jobs or os.cpu_count() or 1), strict=True):
        if isinstance(outcome, Outcome):
            found.append(to_json(outcome))
            kept[name] = found[-1]
            _say(_table(outcome), as_json)
        else:
            found.append({"slug": name, "reds": list(outcome)})
            _say((f"{name}: RED", *(f"  RED  {reason}" for reason in outcome)), as_json)
    if keep:
        with opened_database(settings) as database, database.transaction() as tx:
            for name, one in kept.items():
                tx.examinations.keep_audit(name, one, system_clock())
    if as_json:
        click.echo(json.dumps(found, indent=2, allow_nan=False))
    if any(one["reds"] for one in found):
        sys.exit(1)


def _say(lines: "tuple[str, ...] | Iterator[str]", as_json: bool) -> None:
    if not as_json:
        click.echo("\n".join(lines))


def _table(outcome: Outcome) -> Iterator[str]:
    mutation, rejection, times = outcome.mutation, outcome.rejection, outcome.times
    yield f"{outcome.slug}: {'RED' if outcome.reds else 'green'} ({outcome.seconds:.0f} s, {outcome.version[:19]})"
    yield f"  solution          {outcome.solution:g} of {outcome.maximum:g} points"
    yield f"  starter           {outcome.starter:g} points"
    yield f"  right files       {len(rejection.rejected)} of {rejection.graded} rejected"
    yield f"  mistakes          {outcome.mistakes} planted, {len(outcome.mistaken)} complaints"
    counted = f"{mutation.caught} caught of {mutation.counted} that change something: {mutation.score:.1%}"
    yield f"  mutants           {counted}"
    declared = mutation.tried - mutation.same - mutation.counted
    tried = f"{mutation.tried} tried, {mutation.all - mutation.tried} left out by the budget"
    why_not = f"{mutation.same} change nothing, {declared} declared, {mutation.unasked} unasked for"
    yield f"                    {tried}; {why_not}"
    yield from (f"    line {one.line}: {one.key}" for one in mutation.survivors if not one.why)
    for one in outcome.thresholds:
        yield (
            f"  passes {one.threshold:<10g} {one.passed} of {one.runs}: shows p >= {one.bound:.3f} (95 %); "
            f"stated {one.stated:g} ({one.function}, {one.dataset})"
        )
    yield f"  solution takes    {_seconds(times.solution)}, with training {_seconds(times.solution_training)}"
    yield f"  starter takes     {_seconds(times.starter)}, with training {_seconds(times.starter_training)}"
    yield from (f"  RED  {reason}" for reason in outcome.reds)


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value * 1000:.0f} ms"
