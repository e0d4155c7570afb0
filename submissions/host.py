"""Which host this is, what its workers are called, and whether other hosts could share a path of it."""

import os
import socket
from pathlib import Path

# Two containers of one machine share the kernel's boot id, and SQLite's locks hold between them.
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_MOUNTS = Path("/proc/self/mountinfo")

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "afs", "beegfs", "ceph", "cifs", "fuse.ceph", "fuse.glusterfs", "fuse.s3fs", "fuse.sshfs",
        "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs",
    }
)  # fmt: skip
"""Kinds of file system, as the kernel names them, that several hosts can mount at once."""


def this_host() -> str:
    """A name of this host that changes with every boot."""
    try:
        boot_id = _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return socket.gethostname()
    return f"{socket.gethostname()} (boot {boot_id})"


def worker_name() -> str:
    """A name of this process among the workers of all hosts, for people who look for what it left."""
    return f"{socket.gethostname()}:{os.getpid()}"


def same_host(one: str, other: str) -> bool:
    """Whether two names are of one running kernel: containers of one machine differ in host name only."""
    return one.rpartition("(boot ")[2] == other.rpartition("(boot ")[2]


def network_file_system(path: Path, mounts: str | None = None) -> str | None:
    """The kind of network file system `path` is on, or None. `mounts`: text in the form of /proc/self/mountinfo."""
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None  # not Linux: a single developer's machine
    found_kind, found_length = "", -1
    resolved = path.resolve()
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        mount_point = Path(fields.split(" ")[4].replace("\\040", " "))
        # A later mount over the same point hides the earlier one, hence >=.
        if resolved.is_relative_to(mount_point) and len(mount_point.parts) >= found_length:
            found_kind, found_length = rest.split(" ")[0], len(mount_point.parts)
    return found_kind if found_kind in NETWORK_FILE_SYSTEMS else None
