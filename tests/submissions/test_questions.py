"""Questions about results as they are stored: one of a submission, answered once."""

from typing import Any

from submissions.models import Role


def test_a_submission_has_one_question_and_it_is_answered_once(school: Any) -> None:
    handed_in, staff = school.hand_in().submission.id, school.person("ines", Role.INSTRUCTOR)
    with school.database.transaction() as tx:
        assert not tx.questions.answer(handed_in, staff.id, school.clock())
        assert tx.questions.about([handed_in]) == {}
        assert tx.questions.ask(handed_in, "relu", "Why?", school.clock())
        assert not tx.questions.ask(handed_in, "", "Another?", school.clock())
        asked = tx.questions.about([handed_in, "unknown"])[handed_in]
    assert (asked.part, asked.text, asked.at, asked.is_open) == ("relu", "Why?", school.clock(), True)
    assert (asked.answered_at, asked.answered_by) == (None, None)
    school.clock.forward(60)
    with school.database.transaction() as tx:
        assert tx.questions.answer(handed_in, staff.id, school.clock())
        assert not tx.questions.answer(handed_in, staff.id, school.clock())
        answered = tx.questions.about([handed_in])[handed_in]
    assert (answered.answered_at, answered.answered_by, answered.is_open) == (school.clock(), "Ines", False)


def test_open_ones_are_counted_and_listed_by_assignment(school: Any) -> None:
    course, asked = school.another_course("second")
    staff = school.person("ines", Role.INSTRUCTOR)
    made = [school.hand_in(source=f"x = {number}\n").submission.id for number in range(3)]
    elsewhere = school.hand_in(school.person("bo", course=course), assignment=asked).submission.id
    with school.database.transaction() as tx:
        for submission in (*made, elsewhere):
            school.clock.forward(60)
            tx.questions.ask(submission, "", submission, school.clock())
        for submission in made[1:]:
            school.clock.forward(60)
            tx.questions.answer(submission, staff.id, school.clock())
        assert tx.questions.open_of(school.course.id) == {school.assignment.id: 1}
        assert tx.questions.open_of(course.id) == {asked.id: 1}
        both = [school.assignment.id, asked.id]
        assert [one.text for one in tx.questions.listed(both, answered=False)] == [made[0], elsewhere]
        assert [one.text for one in tx.questions.listed(both, answered=True)] == [made[2], made[1]]
        assert [one.text for one in tx.questions.listed([asked.id], answered=False)] == [elsewhere]
