"""The second wall: the kernel's Landlock. What may be read is named; everything else, network and signals, is refused.

Constants and structures are those of linux/landlock.h. Rights are asked for as far as the running kernel knows them.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3

FS_RIGHTS_ABI_1 = (1 << 13) - 1
FS_RIGHTS_SINCE = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # refer, truncate, ioctl on devices
NET_RIGHTS = 0b11  # bind and connect TCP, since ABI 4
SCOPES = 0b11  # abstract unix sockets and signals, since ABI 6


def abi(libc: ctypes.CDLL) -> int:
    """The version of Landlock this kernel speaks; 0 where it has none or refuses it."""
    return max(0, int(libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), CREATE_RULESET_VERSION)))


def ruleset(libc: ctypes.CDLL, readable: Iterable[str]) -> tuple[int, int]:
    """A ruleset that allows reading `readable` files and beneath `readable` folders only: its descriptor, and the ABI.

    Every process that restricts itself by it is in a domain of its own. Raises OSError where the kernel refuses.
    """
    version = abi(libc)
    if version == 0:
        raise OSError(ctypes.get_errno(), "this kernel has no Landlock")
    rights = FS_RIGHTS_ABI_1 | sum(right for since, right in FS_RIGHTS_SINCE.items() if version >= since)
    handled = struct.pack("<QQQ", rights, NET_RIGHTS if version >= 4 else 0, SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    descriptor = libc.syscall(CREATE_RULESET, handled, ctypes.c_size_t(size), 0)
    if descriptor < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        for path in readable:
            _allow(libc, descriptor, path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, version


def restrict(libc: ctypes.CDLL, descriptor: int) -> None:
    """Put this process under a ruleset and close it; OSError on failure."""
    try:
        if libc.syscall(RESTRICT_SELF, descriptor, 0):
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(descriptor)


def _allow(libc: ctypes.CDLL, descriptor: int, path: str) -> None:
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rights = READ_FILE | READ_DIR if stat.S_ISDIR(os.fstat(folder).st_mode) else READ_FILE
        rule = struct.pack("<Qi", rights, folder)
        if libc.syscall(ADD_RULE, descriptor, RULE_PATH_BENEATH, rule, 0):
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(folder)
