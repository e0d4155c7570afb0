"""Be called by the garbage collector between two steps of whoever collects."""
import gc


def raising(phase, info):
    raise SystemExit(phase)


def attack():
    gc.callbacks.append(raising)
    gc.collect()
    return 1.0
