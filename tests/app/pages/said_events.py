"""Events of each kind that staff cause, and what the history says of them where Ines did it.

What stands in braces is the id of what is called so: see test_history.py.
"""

from typing import Any

from tests.app.conftest import ASSIGNMENT

ASKED = {"assignment": ASSIGNMENT, "title": "Neural network", "points": "100", "due_at": "2026-09-08T23:59"}
SAID: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("assignment.added", ASKED, "Ines added Neural network: 100 points, due Tuesday 8 Sep, 23:59."),
    ("assignment.changed", {**ASKED, "points": "1"}, "Ines set up Neural network anew: 1 point, due Tuesday 8 Sep, "),
    ("assignment.changed", {**ASKED, "due_at": ""}, "Ines set up Neural network anew: 100 points, no due date."),
    (
        "assignment.changed",
        {**ASKED, "points": "50", "was_points": "100", "was_due_at": "", "visible": "", "was_visible": "yes"},
        "Ines changed Neural network: points: 100 → 50; due: no deadline → Tuesday 8 Sep, 23:59; "
        "students see it: yes → no.",
    ),
    (
        "assignment.changed",
        {
            **ASKED,
            "was_due_at": "soon",
            "late": "penalty",
            "was_late": "closed",
            "late_percent": "10",
            "was_late_percent": "",
        },
        "Ines changed Neural network: due: soon → Tuesday 8 Sep, 23:59; late work: not taken → each late day costs; "
        "percent for each late day: none → 10.",
    ),
    ("assignment.removed", {"assignment": "gone", "title": "Softmax"}, "Ines removed Softmax."),
    ("course.created", {"title": "NN"}, "Ines made the course."),
    (
        "course.changed",
        {"title": "NN", "time_zone": "Europe/Oslo"},
        "Ines changed the settings: the title is NN, the time zone Europe/Oslo.",
    ),
    ("course.copied", {"source": "nn-2025"}, "Ines made the course as a copy of nn-2025."),
    (
        "extension.given",
        {"student": "{ada}", "assignment": ASSIGNMENT, "due_at": "2026-09-10T18:00", "more_attempts": 0},
        "Ines gave Ada an extension of Neural network until Thursday 10 Sep, 18:00.",
    ),
    (
        "extension.given",
        {"student": "{ada}", "assignment": ASSIGNMENT, "due_at": "", "more_attempts": 2},
        "Ines gave Ada two further attempts at Neural network.",
    ),
    (
        "extension.given",
        {"student": "{ada}", "assignment": ASSIGNMENT, "due_at": "2027-01-10T18:00", "more_attempts": 1},
        "Ines gave Ada an extension of Neural network until Sunday 10 Jan 2027, 18:00 and one further attempt.",
    ),
    (
        "extension.taken_back",
        {"student": "{ada}", "assignment": ASSIGNMENT},
        "Ines took back the extension of Neural network from Ada.",
    ),
    ("invitation.created", {"invitation": "{open}", "role": "student"}, "Ines invited bob@example.org as student."),
    ("invitation.created", {"invitation": "gone", "role": "student"}, "Ines invited somebody as student."),
    (
        "invitation.created",
        {"invitation": "{link}", "role": "assistant"},
        "Ines invited whoever has the link as assistant.",
    ),
    ("invitation.accepted", {"role": "student"}, "Ines accepted an invitation as student."),
    ("invitation.withdrawn", {"role": "student"}, "Ines withdrew an invitation as student."),
    ("lti.course_connected", {"platform": "{moodle}"}, "Ines connected the course with Moodle."),
    ("lti.course_connected", {"platform": "gone"}, "Ines connected the course with an LMS."),
    (
        "lti.course_disconnected",
        {"platform": "{moodle}", "links": 1, "owed": 3},
        "Ines ended the connection of the course with Moodle, of one activity and three scores still to be sent.",
    ),
    (
        "lti.linked",
        {"platform": "{moodle}"},
        "Ines linked their account with Moodle, and it is one with the account made there.",
    ),
    (
        "lti.link_refused",
        {"platform": "{moodle}", "email": "ada@example.org", "why": "work"},
        "Ines from Moodle is here as Ada too, and could not link the two: "
        "both accounts have handed in work for the same assignment.",
    ),
    ("lti.unlinked", {"platform": "{moodle}"}, "Ines unlinked their account from Moodle."),
    (
        "lti.pushed",
        {"assignment": "{asked}", "scores": 1},
        "Ines had one score of Neural network sent to the LMS again.",
    ),
    ("lti.roster", {"people": 30}, "Ines brought the roster of the LMS over, with 30 people in it."),
    (
        "person.corrected",
        {"email": "{ada}", "was_name": "Adda", "name": "Ada", "was_address": "a@x.org", "address": "ada@x.org"},
        "Ines corrected Ada: name: Adda → Ada; address: a@x.org → ada@x.org.",
    ),
    (
        "person.corrected",
        {"email": "{ada}", "was_name": "Adda", "name": "Ada"},
        "Ines corrected Ada: name: Adda → Ada.",
    ),
    ("password.first", {}, "Ines set a first password with the link of an invitation."),
    ("person.added", {"email": "ada@example.org", "role": "student"}, "Ines added Ada as student."),
    ("person.added", {"email": "left@example.org", "role": "student"}, "Ines added left@example.org as student."),
    (
        "person.added",
        {"email": "ada@example.org", "role": "student", "platform": "{moodle}"},
        "Ines brought Ada over from Moodle as student.",
    ),
    (
        "person.added",
        {"email": "ines@example.org", "role": "instructor", "platform": "{moodle}"},
        "Ines came from Moodle as instructor.",
    ),
    (
        "person.added",
        {"email": "namesake@example.org", "role": "student", "platform": "{moodle}"},
        "Ines brought Ines over from Moodle as student.",
    ),
    ("person.role", {"email": "ada@example.org", "role": "assistant"}, "Ines changed the role of Ada to assistant."),
    (
        "person.role",
        {"email": "ada@example.org", "role": "assistant", "platform": "{moodle}"},
        "Moodle changed the role of Ada to assistant.",
    ),
    ("person.removed", {"email": "ada@example.org", "role": "student"}, "Ines took Ada, student, out of the course."),
    (
        "regrade.begun",
        {"assignment": ASSIGNMENT, "submissions": 40},
        "Ines began a regrade of 40 submissions of Neural network.",
    ),
    (
        "regrade.applied",
        {"assignment": ASSIGNMENT, "submissions": 1},
        "Ines applied a regrade of Neural network to one submission.",
    ),
    ("regrade.undone", {"assignment": ASSIGNMENT}, "Ines undid a regrade of Neural network."),
    ("regrade.discarded", {"assignment": ASSIGNMENT}, "Ines discarded a regrade of Neural network."),
    ("submission.asked", {}, "Ines asked about attempt 1 of Ada at Neural network."),
    ("submission.answered", {}, "Ines answered the question about attempt 1 of Ada at Neural network."),
    ("submission.commented", {}, "Ines commented on attempt 1 of Ada at Neural network."),
    (
        "submission.graded_again",
        {},
        "Ines had attempt 1 of Ada at Neural network graded again, which had ended without a result.",
    ),
    (
        "submission.override",
        {"points": 60.0, "maximum": 100.0, "comment": "private words"},
        "Ines decided that attempt 1 of Ada at Neural network counts 60 of 100 points.",
    ),
    (
        "submission.override_taken_back",
        {},
        "Ines took back the decision on attempt 1 of Ada at Neural network.",
    ),
    (
        "submission.results_imported",
        {"points": 4.5, "maximum": 5, "sha256": "private words"},
        "Ines imported results of attempt 1 of Ada at Neural network: 4.5 of 5 points.",
    ),
    (
        "submission.on_behalf",
        {"student": "ada@example.org", "assignment": ASSIGNMENT},
        "Ines handed in work of Ada for Neural network.",
    ),
    ("webhook.added", {"url": "https://e.org/x"}, "Ines added the webhook https://e.org/x."),
    ("webhook.removed", {"url": "https://e.org/x"}, "Ines removed the webhook https://e.org/x."),
    (
        "work.compared",
        {"assignment": "{asked}", "pairs": 0},
        "Ines compared the work for Neural network: no pairs are alike.",
    ),
)
