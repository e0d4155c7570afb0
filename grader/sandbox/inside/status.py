"""How the end of a child crosses from the zygote to the supervisor. Both sides import this file."""

import struct

STATUS = struct.Struct("<iddq")
"""Wait status, user and system seconds, ru_maxrss; few enough bytes to be written to a pipe at once."""
