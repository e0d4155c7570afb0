"""Report the loading by hand, with a thousand functions that are not there."""
import json
import os
import struct


class Net:
    found = ["t", [["t", ["ghost%d" % number, 1, 1, ["t", []], 0, False]] for number in range(300)]]
    header = json.dumps({"k": "loaded", "v": ["t", [found, ["t", []], ["t", []], ["t", []]]], "a": []}).encode()
    os.write(3, struct.pack("<I", len(header)) + header)
    os._exit(0)


def attack():
    return 1.0
