"""Every target by its name."""

from collections.abc import Mapping

from tests.fuzz.frame_target import FRAMES
from tests.fuzz.target import Target
from tests.fuzz.upload_target import UPLOADS

TARGETS: Mapping[str, Target] = {target.name: target for target in (FRAMES, UPLOADS)}
