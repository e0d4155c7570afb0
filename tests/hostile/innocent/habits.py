"""What students write around their numbers: imports inside functions, loggers, settings, an exercise in classes."""
import sys


def dataclass_typing_enum():
    import dataclasses, enum, typing, abc
    from typing import NamedTuple, Protocol, TypedDict, Optional

    @dataclasses.dataclass(frozen=True)
    class Layer:
        width: int = 3
        names: typing.List[str] = dataclasses.field(default_factory=list)

    class Kind(enum.Enum):
        RELU = enum.auto()

    class Base(abc.ABC):
        @abc.abstractmethod
        def forward(self): ...

    class Point(NamedTuple):
        x: float

    return dataclasses.asdict(Layer())["width"] == 3 and Kind.RELU.value == 1 and Point(2.0).x == 2.0


def function_tools():
    import functools, itertools, operator, collections, heapq, bisect, contextlib, copy

    @functools.lru_cache(maxsize=None)
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    @contextlib.contextmanager
    def noted():
        yield 1

    with noted() as one, contextlib.suppress(KeyError):
        {}["x"]
    counts = collections.Counter("hello")
    copy.deepcopy({"a": [1, collections.OrderedDict(b=2), collections.defaultdict(list), collections.deque([1])]})
    return (fib(50) == 12586269025 and counts["l"] == 2 and functools.reduce(operator.mul, range(1, 6)) == 120
            and list(itertools.product("ab", repeat=2))[3] == ("b", "b") and heapq.nsmallest(1, [3, 1]) == [1]
            and bisect.bisect([1, 2], 1.5) == 1)


def numbers_and_chance():
    import math, cmath, random, statistics, fractions, decimal, numbers
    random.seed(1)
    drawn = random.random(), random.gauss(0, 1), random.choice([1, 2]), random.sample(range(9), 3), random.shuffle([1, 2])
    return (len(drawn) == 5 and math.isclose(statistics.mean([1, 2, 3]), 2) and fractions.Fraction(1, 3) * 3 == 1
            and decimal.Decimal("0.1") * 3 == decimal.Decimal("0.3") and isinstance(1, numbers.Number)
            and abs(cmath.exp(1j * math.pi) + 1) < 1e-9 and random.SystemRandom().random() < 1)


def texts():
    import re, json, string, textwrap, pprint, io, csv, difflib, shlex, unicodedata, html, base64, hashlib, struct, zlib, locale
    buffer = io.StringIO()
    csv.writer(buffer).writerow([1, "two"])
    pprint.pprint({"a": [1] * 30}, stream=buffer)
    return (re.findall(r"\d+", "a1b22") == ["1", "22"] and json.loads(json.dumps({"a": [1.5, None]}))["a"][0] == 1.5
            and textwrap.dedent("  x") == "x" and string.Template("$a").substitute(a=1) == "1" and "two" in buffer.getvalue()
            and hashlib.sha256(b"x").hexdigest()[:4] == "2d71" and struct.pack("<I", 1) == b"\x01\0\0\0"
            and zlib.decompress(zlib.compress(b"x")) == b"x" and shlex.split("a 'b c'")[1] == "b c" and html.escape("<") == "&lt;")


def time_passes():
    import time, datetime, calendar, timeit, sched
    begun = time.perf_counter()
    time.sleep(0.001)
    clocks = time.time(), time.monotonic(), time.process_time(), time.localtime().tm_year, time.strftime("%Y")
    return (time.perf_counter() > begun and len(clocks) == 5 and datetime.datetime.now().year > 2000
            and datetime.timedelta(days=1).total_seconds() == 86400 and timeit.timeit("1", number=1) >= 0 and calendar.isleap(2024))


def waiting_has_an_end():
    import os, queue, threading, time
    lock = threading.Lock()
    lock.acquire()
    waited = [lock.acquire(timeout=0.001), threading.Event().wait(0.001), threading.Semaphore(0).acquire(timeout=0.001)]
    condition = threading.Condition()
    with condition:
        waited.append(condition.wait(0.001))
    for kind in (queue.Queue, queue.SimpleQueue):
        try:
            kind().get(timeout=0.001)
        except queue.Empty:
            waited.append(False)
    clocks = [time.clock_gettime(clock) for clock in (time.CLOCK_REALTIME, time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID)]
    own = [len(os.sched_getaffinity(0)) > 0, os.getsid(0) >= 0, os.getpgid(0) >= 0]
    return not any(waited) and len(waited) == 6 and min(clocks) > 0 and time.thread_time() > 0 and all(own)


def paths_and_system():
    import os, os.path, pathlib, platform, getpass, glob, fnmatch, tempfile, shutil, stat, errno
    return (os.path.join("a", "b") == "a/b" and pathlib.Path("a/b.py").stem == "b" and os.getcwd() is not None
            and os.environ.get("HOME") is None and platform.system() == "Linux" and os.cpu_count() != 0
            and fnmatch.fnmatch("a.py", "*.py") and not os.path.exists("train.npz") and os.name == "posix" and sys.platform == "linux")


def objects():
    import pickle, inspect, types, weakref, gc, dis, traceback, operator, ast
    source = inspect.getsource(objects)
    signature = inspect.signature(lambda a, b=2: None)
    try:
        raise ValueError("seen")
    except ValueError:
        told = traceback.format_exc()
    gc.collect()
    return ("pickle" in source and list(signature.parameters) == ["a", "b"] and pickle.loads(pickle.dumps({"a": 1})) == {"a": 1}
            and "seen" in told and ast.literal_eval("[1]") == [1])


def more_modules():
    import argparse, unittest, unittest.mock, doctest, concurrent.futures, threading, queue, multiprocessing, subprocess, socket
    import asyncio, email, http.client, urllib.request, xml.etree.ElementTree, zipfile, tarfile, gzip, configparser, optparse
    import secrets, uuid, signal, select, selectors, ctypes, array, codecs, importlib, pkgutil, cProfile, pstats, graphlib, site
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    lock = threading.Lock()
    with lock:
        waiting = queue.Queue()
        waiting.put(1)
    local = threading.local()
    local.seen = waiting.get()
    case = unittest.TestCase()
    case.assertAlmostEqual(0.1 + 0.2, 0.3)
    return parser.parse_args([]).epochs == 3 and local.seen == 1 and threading.current_thread().name == "MainThread"


def settings():
    import logging, warnings
    logging.basicConfig(level=logging.INFO)
    logging.getLogger(__name__).info("loss %s", 0.5)
    warnings.filterwarnings("ignore")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.resetwarnings()
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(5000)

    def depth(n):
        return 0 if n == 0 else 1 + depth(n - 1)

    reached = depth(2000)
    sys.setrecursionlimit(before)
    print("loss", 0.5, flush=True)
    print("warned", file=sys.stderr)
    sys.stdout.write("written\n")
    return reached == 2000


def classes():
    class Layer:
        count = 0

        def __init__(self):
            type(self).count += 1

        def __call__(self, x):
            return x + 1

        @property
        def width(self):
            return self._width if hasattr(self, "_width") else 3

        @staticmethod
        def name():
            return "layer"

    class Deep(Layer):
        def __init__(self):
            super().__init__()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

    with Deep() as deep:
        return deep(1) == 2 and deep.width == 3 and Layer.name() == "layer" and sum(i for i in range(4)) == 6


def coroutines():
    async def one():
        return 1

    routine = one()
    try:
        routine.send(None)
    except StopIteration as stop:
        return stop.value == 1
