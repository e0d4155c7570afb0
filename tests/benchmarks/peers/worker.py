"""The other side of every peer: one job over stdin and stdout, then the end. Run by path, without any of our packages.

In: two little-endian lengths, source, logits as float64 of shape (8, 10). Out: probabilities, the same way. A leaner
protocol than ours, and nothing is checked or limited: a peer is measured at its best.
"""

import struct
import sys

import numpy as np

source_bytes, array_bytes = struct.unpack("<QQ", sys.stdin.buffer.read(16))
names: dict[str, object] = {}
exec(compile(sys.stdin.buffer.read(source_bytes), "softmax.py", "exec"), names)
logits = np.frombuffer(sys.stdin.buffer.read(array_bytes)).reshape(8, 10)
sys.stdout.buffer.write(names["softmax"](logits).tobytes())  # type: ignore[operator]  # the job defines it
sys.stdout.buffer.flush()
