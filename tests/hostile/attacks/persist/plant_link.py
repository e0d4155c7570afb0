"""Leave a link and rename a file."""
import os


def attack():
    done = []
    for act in (lambda: os.symlink("/etc/passwd", "/tmp/link"), lambda: os.mkdir("/tmp/made"), lambda: os.chmod("/dev/null", 0o666)):
        try:
            act()
        except PermissionError:
            done.append("refused")
    return done
