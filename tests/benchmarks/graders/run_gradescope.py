"""What `run_autograder` of a Gradescope course does: unittest with gradescope-utils, the student's module imported."""

import io
import json
import sys
import unittest
from pathlib import Path

from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(sys.argv[1]).parent))
import cases
import student


class TestStudent(unittest.TestCase):
    """One test a part."""


def _test(name, worth):
    @weight(worth)
    def test(self):
        getattr(cases, f"check_{name}")(vars(student))

    return test


for _name, _worth in cases.CASES.items():
    setattr(TestStudent, f"test_{_name}", _test(_name, _worth))

said = io.StringIO()
JSONTestRunner(visibility="visible", stream=said).run(unittest.defaultTestLoader.loadTestsFromTestCase(TestStudent))
print(sum(test["score"] for test in json.loads(said.getvalue())["tests"]))
