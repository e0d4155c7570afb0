"""Courses take turns, a student's repeats wait behind others' firsts, and tags stay small."""

from datetime import timedelta
from typing import Any

from submissions.fairness import EARLIER_AT_MOST, EARLIER_SUBMISSION, TURN_WAITING, place
from submissions.models import Lane, Place
from submissions.receiving import Submitted
from submissions.repository.clocks import Times
from tests.fakes.single_regrade import regrade

LIVE = Lane.LIVE


def order(school: Any, lanes: tuple[Lane, ...] = (Lane.LIVE,)) -> list[str]:
    """Grading ids in the order in which workers get them."""
    taken = []
    with school.database.transaction() as tx:
        until = school.clock() + timedelta(hours=1)
        while (claimed := tx.queue.claim("w", lanes, school.clock(), until)) is not None:
            tx.clocks.taken(claimed.lane, claimed.fair_tag)
            taken.append(claimed.grading_id)
    return taken


def take_one(school: Any) -> str:
    with school.database.transaction() as tx:
        claimed = tx.queue.claim("w", [Lane.LIVE], school.clock(), school.clock() + timedelta(hours=1))
        tx.clocks.taken(claimed.lane, claimed.fair_tag)
        found: str = claimed.grading_id
    return found


def next_one(school: Any, name: str, course: Any = None, assignment: Any = None) -> Submitted:
    """A first submission of `name`, a little later than the one before: equal tags go by the time they came."""
    school.clock.forward(0.001)
    submitted: Submitted = school.hand_in(school.person(name, course=course), assignment=assignment)
    return submitted


def rush(school: Any, count: int) -> list[Submitted]:
    return [next_one(school, f"rush{number}") for number in range(count)]


def test_places_follow_the_later_of_course_and_lane() -> None:
    assert place(LIVE, last_of_course=7, reached_by_lane=3, earlier=0) == Place(LIVE, 8, -8)
    assert place(LIVE, last_of_course=3, reached_by_lane=7, earlier=0) == Place(LIVE, 8, -8)


def test_a_repeat_goes_behind_its_own_course_only() -> None:
    crowd = 2 * EARLIER_SUBMISSION

    assert place(LIVE, last_of_course=7 + crowd, reached_by_lane=7, earlier=2) == Place(LIVE, 8 + crowd, -8 - 2 * crowd)
    assert place(LIVE, last_of_course=10, reached_by_lane=7, earlier=50) == Place(LIVE, 11, -11 - 3 * TURN_WAITING)
    assert place(LIVE, last_of_course=7, reached_by_lane=7, earlier=50) == Place(LIVE, 8, -8)


def test_priorities_fit_into_32_bits() -> None:
    assert place(LIVE, 10**9, 0, 10**9).priority > -(2**31)
    assert place(LIVE, 10**6, 0, 10**9) == place(LIVE, 10**6, 0, EARLIER_AT_MOST)


def test_within_a_course_first_come_first_served(school: Any) -> None:
    submitted = rush(school, 5)
    assert order(school) == [each.grading_id for each in submitted]


def test_a_rush_of_one_course_does_not_delay_another(school: Any) -> None:
    rush(school, 30)
    for _ in range(10):
        take_one(school)
    other_course, other = school.another_course("other")
    others = [next_one(school, f"other{number}", other_course, other).grading_id for number in range(5)]
    after = order(school)
    assert [after.index(each) + 1 for each in others] == [2, 4, 6, 8, 10]


def test_a_course_saves_up_no_turns_while_it_is_away(school: Any) -> None:
    """A course whose first job was long ago does not get all its next ones before everybody else's."""
    other_course, other = school.another_course("other")
    school.hand_in(school.person("early", course=other_course), assignment=other)
    crowd = rush(school, 20)
    for _ in range(11):
        take_one(school)
    late = [next_one(school, f"late{number}", other_course, other).grading_id for number in range(3)]
    after = order(school)
    waiting = [each.grading_id for each in crowd if each.grading_id in after]
    assert after[0] == waiting[0]
    assert [after.index(each) for each in late] == [1, 3, 5]


def test_a_second_upload_waits_behind_everybodys_first_and_delays_nobody(school: Any) -> None:
    first, second = school.hand_in(), school.hand_in()
    others = rush(school, TURN_WAITING - 1)
    assert order(school) == [first.grading_id, *[each.grading_id for each in others], second.grading_id]


def test_a_repeat_in_a_calm_course_does_not_wait_for_the_rush_of_another(school: Any) -> None:
    """Its own course has nobody whom it could delay."""
    rush(school, 300)
    other_course, other = school.another_course("other")
    learner = school.person("calm", course=other_course)
    for _ in range(3):
        repeat = school.hand_in(learner, assignment=other)
        assert repeat.grading_id in [take_one(school), take_one(school)]


def test_a_repeat_that_was_served_does_not_move_the_clock_for_others(school: Any) -> None:
    school.hand_in()
    repeated = school.hand_in()
    take_one(school)
    held_back = school.hand_in(school.person("grace"))
    assert take_one(school) == held_back.grading_id
    assert take_one(school) == repeated.grading_id
    waiting = school.hand_in(school.person("carol"))
    third = school.hand_in()
    newcomer = school.hand_in(school.person("bob"))
    assert order(school) == [waiting.grading_id, newcomer.grading_id, third.grading_id]


def test_live_goes_before_regrade_for_whoever_serves_both(school: Any) -> None:
    old = [school.hand_in(school.person(name)) for name in ("grace", "bob")]
    order(school)
    with school.database.transaction() as tx:
        again = [regrade(tx, each.submission.id, school.clock()) for each in old]
    live = school.hand_in()
    assert order(school, (Lane.LIVE, Lane.REGRADE)) == [live.grading_id, *again]


def test_the_clock_starts_again_when_nobody_waits(school: Any) -> None:
    rush(school, 4)
    with school.database.reading() as tx:
        assert tx.clocks.read(Lane.LIVE, school.course.id) == Times(is_idle=False, of_course=4, of_lane=0)
    order(school)
    school.hand_in()
    with school.database.reading() as tx:
        assert tx.clocks.read(Lane.LIVE, school.course.id) == Times(is_idle=False, of_course=1, of_lane=0)


def test_places_in_the_queue_are_those_of_the_workers(school: Any) -> None:
    submitted = [school.hand_in(), school.hand_in(), *rush(school, 3)]
    with school.database.transaction() as tx:
        behind = [regrade(tx, each.submission.id, school.clock()) for each in submitted[:2]]
        places = {tx.gradings.position(each): each for each in (*behind, *(one.grading_id for one in submitted))}
    assert [places[number] for number in range(1, 8)] == order(school, (Lane.LIVE, Lane.REGRADE))
