"""Break the tools that the runner uses."""
import json
import os
import struct

import numpy as np


def attack():
    json.dumps = struct.pack = np.ascontiguousarray = lambda *arguments, **keywords: b"\0"
    os.write = lambda descriptor, data: len(data)
    return np.ones(3)
