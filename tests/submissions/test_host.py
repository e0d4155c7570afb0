"""Which file systems count as shared between hosts."""

from pathlib import Path

import pytest

from submissions.host import network_file_system, same_host, this_host

MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:50 / /srv/home rw,nosuid shared:1 - nfs4 server:/home rw
41 22 0:51 / /srv/home/local\\040disk rw - ext4 /dev/sdb1 rw
42 22 0:52 / /srv/twice rw - cifs //server/x rw
43 22 0:53 / /srv/twice rw - xfs /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data", None),
        ("/srv/home", "nfs4"),
        ("/srv/home/chainrule/data", "nfs4"),
        ("/srv/homestead", None),
        ("/srv/home/local disk/data", None),
        ("/srv/twice/data", None),
    ],
)
def test_the_innermost_mount_decides(path: str, kind: str | None) -> None:
    assert network_file_system(Path(path), MOUNTS) == kind


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    assert network_file_system(tmp_path) is None


def test_containers_of_one_machine_are_one_host() -> None:
    assert same_host(this_host(), this_host())
    assert same_host("web (boot 1)", "worker (boot 1)")
    assert not same_host("web (boot 1)", "web (boot 2)")
    assert not same_host("one", "other")
