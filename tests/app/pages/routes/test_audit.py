"""The audit of an assignment on staff's pages: the last one kept, whether it is of this version, and what it shows."""

from typing import Any

import pytest

from grader.audit.outcome_json import to_json
from tests.app.conftest import ASSIGNMENT, Installation
from tests.grader.audit.outcomes import outcome

PATH = f"/courses/nn/assignments/{ASSIGNMENT}"


@pytest.fixture
def staff(school: Any) -> Any:
    school.sign_in("asta")
    return school


def keep(school: Installation, **changed: Any) -> None:
    changed.setdefault("version", school.context.catalog.get(ASSIGNMENT).version)
    with school.context.database.transaction() as tx:
        tx.examinations.keep_audit(ASSIGNMENT, to_json(outcome(**changed)), school.clock())


def test_without_an_audit_it_says_how_to_make_one(staff: Installation) -> None:
    assert f"chainrule audit {ASSIGNMENT} --keep" in staff.client.get(f"{PATH}/audit").text
    assert "none kept" in staff.client.get(f"{PATH}/dashboard").text


def test_the_last_one_is_shown_with_what_it_proves(staff: Installation) -> None:
    keep(staff, caught=1)
    keep(staff)
    page = staff.client.get(f"{PATH}/audit").text

    assert "Fit for students." in page
    assert "95.0 <small>% of 20</small>" in page
    assert "0 <small>of 120</small>" in page
    assert "With none of 120 failed, at most 2.5 % of right files would be" in page  # 1 - .05 ** (1/120)
    assert "0.861" in page  # .05 ** (1/20)
    assert "95.0 % of slips caught" in staff.client.get(f"{PATH}/dashboard").text


def test_what_is_red_is_said(staff: Installation) -> None:
    keep(staff, rejected=("variants/<b> on public:1 in relu",))
    page = staff.client.get(f"{PATH}/audit").text

    assert "Not fit for students." in page
    assert "a right file lost points: variants/&lt;b&gt; on public:1 in relu" in page
    assert "not fit for students" in staff.client.get(f"{PATH}/dashboard").text


def test_an_audit_of_another_version_says_so(staff: Installation) -> None:
    keep(staff, version="sha256:another")

    assert "This is of another version" in staff.client.get(f"{PATH}/audit").text
    assert "of another version" in staff.client.get(f"{PATH}/dashboard").text
