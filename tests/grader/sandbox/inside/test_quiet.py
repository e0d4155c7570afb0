"""Modules that only show something may be used, and nothing is missing. All in a real sandbox."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import pytest

from grader.sandbox import Call, Loaded, Raised, Returned, Session

Submit = Callable[..., AbstractContextManager[Session]]

SHOWING = """
import numpy as np
import matplotlib.pyplot as plt
from tqdm import tqdm, trange
import tqdm.notebook as bars
from termcolor import *
from IPython.display import clear_output

def train(steps):
    plt.rcParams["figure.figsize"] = (4, 3)
    figure, ((left, right), below) = plt.subplots(2, 2, sharex=True)
    alone = plt.subplots()[1]
    total = 0
    for step in tqdm(range(steps), desc="epochs"):
        total += step
    for step in trange(steps):
        total += step
    with bars.tqdm(total=steps) as bar:
        bar.update(1)
        bar.set_description("x")
    clear_output(wait=True)
    counts, edges, _ = plt.hist([1, 2])
    line, = left.plot(range(3), label="loss")
    line.set_color("red")
    for axis in below:
        axis.legend(loc="best")[0].set_title("t")
    alone.title = "x"
    with plt.style.context("ggplot"):
        plt.show()
    print(colored("done", "green"))
    cprint("done", "red")
    return total

def reads():
    return 1.0 + plt.gca().get_xlim()
"""


def test_plots_and_progress_bars_may_be_used(submit: Submit) -> None:
    """They show nothing and change nothing; a number cannot be had from them."""
    with submit(SHOWING) as session:
        loaded = session.loaded
        (reply,) = session.run([Call("train", (5,))])

    assert isinstance(loaded, Loaded)
    assert loaded.stand_ins == ("matplotlib", "tqdm", "termcolor", "IPython")
    assert isinstance(reply, Returned), reply
    assert reply.value == 20
    with submit(SHOWING) as session:
        (reads,) = session.run([Call("reads")])
    assert isinstance(reads, Raised)
    assert reads.type_name == "TypeError"


STEPS = {
    "a bar of rich": "from rich.progress import track as steps",
    "a bar of progressbar": "import progressbar\nsteps = progressbar.progressbar",
    "a bar that is given its steps later": "from progressbar import ProgressBar\nsteps = ProgressBar(maxval=5)",
    "a bar of alive_progress": "from alive_progress import alive_it as steps",
    "a bar within a context": "from rich.progress import Progress\ndef steps(all_):\n"
    "    with Progress() as bar:\n        yield from bar.track(all_)",
    "a bar over numbered steps": "from tqdm.contrib import tenumerate\n"
    "def steps(all_): return (s for _, s in tenumerate(all_))",
    "a bar over several": "from tqdm.contrib import tzip\ndef steps(all_): return (s for s, _ in tzip(all_, all_))",
}


@pytest.mark.parametrize("bar", STEPS.values(), ids=list(STEPS))
def test_a_bar_takes_the_steps_it_was_given(bar: str, submit: Submit) -> None:
    with submit(f"{bar}\ndef f(n):\n    return sum(steps(range(n)))\n") as session:
        (reply,) = session.run([Call("f", (5,))])

    assert isinstance(reply, Returned), reply
    assert reply.value == 10


LINES = {
    "beside a bar": "from tqdm import tqdm\ndef show(text): tqdm.write(text)",
    "of rich": "from rich import print as show",
    "in colour": "from colorama import Fore, Style, init\ninit(autoreset=True)\n"
    "def show(text): print(Fore.GREEN + text + Style.RESET_ALL)",
    "as a table": "from tabulate import tabulate\ndef show(text): print(tabulate([[text]], headers=['loss']))",
}


@pytest.mark.parametrize("line", LINES.values(), ids=list(LINES))
def test_a_line_that_is_shown_is_printed(line: str, submit: Submit) -> None:
    with submit(f"{line}\ndef f():\n    show('loss 0.5')\n    return 1\n") as session:
        (reply,) = session.run([Call("f")])

    assert isinstance(reply, Returned), reply
    assert "loss 0.5" in session.printed


def test_consoles_loggers_and_runs_take_any_call(submit: Submit) -> None:
    source = """
import wandb
from loguru import logger
from rich.console import Console
from alive_progress import alive_bar

def f(n):
    wandb.init(project="mlp")
    with alive_bar(n) as bar:
        for epoch in range(n):
            bar()
            wandb.log({"loss": 1.0})
    logger.info("loss {}", 1.0)
    Console().print("done", style="bold")
    return epoch
"""
    with submit(source) as session:
        (reply,) = session.run([Call("f", (3,))])

    assert isinstance(reply, Returned), reply
    assert reply.value == 2


@pytest.mark.parametrize(
    "sets",
    ["sys.stdout.reconfigure(encoding='utf-8')", "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')"],
)
def test_prints_may_be_set_up_anew(sets: str, submit: Submit) -> None:
    source = f"import io, sys\ndef f():\n    {sets}\n    print('ε', flush=True)\n    return 1\n"
    with submit(source) as session:
        (reply,) = session.run([Call("f")])

    assert isinstance(reply, Returned), reply
    assert "ε" in session.printed


def test_numbers_of_more_digits_are_rounded(submit: Submit) -> None:
    source = (
        "import numpy as np\ndef f(x):\n    y = np.longdouble(1) / 3 * x\n"
        "    return y, y[0], y * np.longdouble('1e400')\n"
    )
    with submit(source) as session:
        (reply,) = session.run([Call("f", (np.ones(2),))])

    assert isinstance(reply, Returned), reply
    assert isinstance(reply.value, tuple)
    thirds, third, beyond = map(np.asarray, reply.value)
    assert [part.dtype for part in (thirds, third, beyond)] == [np.float64] * 3
    assert np.array_equal(thirds, [1 / 3, 1 / 3])
    assert np.all(np.isinf(beyond))
