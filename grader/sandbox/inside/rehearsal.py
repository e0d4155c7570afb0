"""A job of ours, done ahead: the pages that a job writes to are the process's own before it has to be fast."""

import linecache
import sys

import numpy as np

from grader.sandbox.inside.frames import Frame, read_body, read_header
from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.messages import call_frame, load_frame, read_call, read_load, reply_frame
from grader.sandbox.inside.runner import Runner
from grader.sandbox.inside.wire import Call

NAME = "rehearsal"
SOURCE = """
import numpy as np
class Layer:
    def __init__(self, width):
        self.weights = np.random.standard_normal((width, width))
    def forward(self, x):
        return np.maximum(x @ self.weights, 0.0)
def softmax(x):
    shifted = np.exp(Layer(10).forward(x) - x.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
"""


def rehearse() -> None:
    """Load a file and answer a call, through frames both ways; leaves no module, finder or source line behind."""
    finders = list(sys.meta_path)
    loader = Loader(read_load(_crossed(load_frame(((f"{NAME}.py", SOURCE),)))))
    _crossed(reply_frame(loader.load()))
    call = read_call(_crossed(call_frame(Call("softmax", (np.ones((8, 10)),)))))
    _crossed(Runner(loader.namespace, loader.files, loader.entry).perform(call))
    sys.meta_path[:] = finders
    del sys.modules[NAME]
    del linecache.cache[f"{NAME}.py"]


def _crossed(frame: Frame) -> object:
    """What the other side reads."""
    body = b"".join(frame.chunks())[len(frame.head()) :]
    return read_body(read_header(frame.header, frame.body_bytes), body)
