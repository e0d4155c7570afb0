"""What holds for every page: one h1, a language, headings in order, unique ids, no inline style or script."""

from html.parser import HTMLParser
from typing import Any

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """Collects what the rules are about, and fails on tags that do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.lang = ""
        self.targets: list[str] = []
        self.labelled: list[str] = []
        self.inputs: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        assert self._open == [], f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        self.wrong += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.wrong.append(tag)
        if tag == "html":
            self.lang = found.get("lang", "")
        if tag == "a" and found.get("href", "").startswith("#"):
            self.targets.append(found["href"][1:])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.labelled += found.get(name, "").split()
        if tag in {"input", "textarea", "select"} and found.get("type") != "hidden":
            self.inputs.append(found.get("id", ""))
        if tag == "svg" and found.get("aria-hidden") != "true" and "seg-label" not in found.get("class", ""):
            assert found.get("role") == "img", "a picture without a role"
            assert found.get("aria-label"), "a picture without words"
        if tag == "th":
            assert found.get("scope"), "a table head without scope"

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag, f"{tag} closes something else"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)


def pages(site: Any, reports: Any) -> dict[str, str]:
    """The text of every page by name."""
    made = {"login": site.client.get("/login").text, "nowhere": site.client.get("/nowhere").text}
    made["wrong login"] = site.client.post("/login", data={"email": "x", "password": "y"}).text
    made["help"] = site.client.get("/help").text
    made["no such help"] = site.client.get("/help/<b>").text
    made["help on a formula"] = site.client.get("/help/TOTAL_NOT_MEAN").text
    made["help on an ending"] = site.client.get("/help/TIME_LIMIT").text
    made["forgotten"] = site.client.get("/forgot").text
    made["invitation"] = site.client.get(site.invited()).text
    made["invitation of an account"] = site.client.get(site.invited("stranger@example.org")).text
    made["wrong invitation form"] = site.client.post(site.invited(), data={"name": ""}).text
    made["no such invitation"] = site.client.get("/invitations/unknown").text
    made["new password"] = site.client.get(site.reset()).text
    made["wrong new password"] = site.client.post(site.reset(), data={"password": "x", "again": "x"}).text
    site.login("student")
    made["invitation signed in"] = site.client.get(site.invited()).text
    made["invitation for another"] = site.client.get(site.invited("new@example.org")).text
    made["profile"] = site.client.get("/profile").text
    form = {"csrf_token": site.token(), "name": "a script", "grades:read": "yes", "days": "30"}
    made["new token"] = site.client.post("/profile/tokens", data=form).text
    made["profile after a change"] = site.client.get("/profile?done=name").text
    for place in ("", "/password", "/tokens"):
        wrong = site.client.post(f"/profile{place}", data={"csrf_token": site.token()}).text
        made[f"wrong profile form {place}"] = wrong
    made["home"] = site.client.get("/").text
    made["course"] = site.client.get("/courses/ece421").text
    made["assignment"] = site.client.get(PATH).text
    made["in doubt"] = site.upload(b"def f(:", "a1.py").text
    made["refused"] = site.upload(b"", "a.exe").text
    waiting = site.handed_in()
    made["waiting"] = site.client.get(waiting).text
    made["source"] = site.client.get(waiting + "/source").text
    marked: list[str] = []
    for name, report in reports.items():
        marked.append(site.handed_in(report))
        made[f"result {name}"] = site.client.get(marked[-1]).text
    for name, words in (("question refused", ""), ("asked", "<b>"), ("asked twice", "<b>")):
        form = {"csrf_token": site.token(), "question": words, "part": ""}
        answer = site.client.post(f"{marked[0]}/question", data=form)
        made[name] = (site.client.get(marked[0]) if answer.status_code == 303 else answer).text
    made["assignment with results"] = site.client.get(PATH).text
    made["course with results"] = site.client.get("/courses/ece421").text
    site.login("teacher")
    made["dashboard"] = site.client.get(f"{PATH}/dashboard").text
    made["course of staff"] = site.client.get("/courses/ece421").text
    made["home of staff"] = site.client.get("/").text
    for name in ("/courses/new", "/courses/ece421/settings", "/courses/ece421/assignments/new", f"{PATH}/edit"):
        made[name] = site.client.get(name).text
    for name in ("", "?state=answered", "?assignment=ece421-numpy-nn"):
        made[f"questions{name}"] = site.client.get(f"/courses/ece421/questions{name}").text
    for name in ("", "?sort=total"):
        made[f"grades{name}"] = site.client.get(f"/courses/ece421/grades{name}").text
    people = "/courses/ece421/people"
    with site.context.database.reading() as tx:
        student = tx.accounts.by_email("student@example.org").id
    form = {"csrf_token": site.token(), "student": student, "more_attempts": "2", "reason": "<b>ill</b>"}
    made["extension refused"] = site.client.post(f"{PATH}/extensions", data=form | {"reason": ""}).text
    form["due_at"] = "2027-01-01T10:00"
    form.pop("more_attempts")
    assert site.client.post(f"{PATH}/extensions", data=form).status_code == 303
    for name in (people, f"{people}/{student}", f"{PATH}/extensions", f"{PATH}/extensions?student={student}"):
        made[name] = site.client.get(name).text
    for name in (f"{people}?q=peer", f"{people}?q=nobody", f"{marked[0]}?among=all"):
        made[name] = site.client.get(name).text
    for name, roster in (("good", "Cy, cy@example.org"), ("bad", "Cy\n<b>, x, y")):
        form = {"csrf_token": site.token(), "people": roster}
        made[f"preview {name}"] = site.client.post(f"{people}/preview", data=form).text
    for name in (
        "audit",
        "similarity",
        "dashboard?code=RELU_MASK_MISSING",
        "dashboard?code=x&first=99",
        "dashboard?state=none",
    ):
        made[name] = site.client.get(f"{PATH}/{name}").text
    for name, role in (("invited", "student"), ("invitation refused", "")):
        form = {"csrf_token": site.token(), "email": "", "role": role}
        made[name] = site.client.post(f"{people}/invitations", data=form).text
    made["before a regrade"] = site.client.get(f"{PATH}/regrade").text
    site.client.post(f"{PATH}/regrade", data={"csrf_token": site.token()})
    made["regrade"] = site.client.get(f"{PATH}/regrade").text
    decided = next(iter(marked))
    for name in ("comments", "override"):
        form = {"csrf_token": site.token(), "text": "<b>", "points": "50", "comment": "<b>"}
        assert site.client.post(f"{decided}/{name}", data=form).status_code == 303
    for name, wrong in (("comments", {"text": ""}), ("override", {"points": "ten", "comment": "<b>"})):
        form = {"csrf_token": site.token(), **wrong}
        made[f"{name} refused"] = site.client.post(f"{decided}/{name}", data=form).text
    made["decided"] = site.client.get(decided).text
    made["chosen"] = site.client.get("/courses/ece421/assignments/new?slug=hw2-softmax").text
    for name in ("/courses/new", "/courses/ece421/settings", "/courses/ece421/copy", f"{PATH}/edit"):
        made[f"{name} refused"] = site.client.post(name, data={"csrf_token": site.token()}).text
    made["history"] = site.client.get("/courses/ece421/history").text
    site.login("stranger")
    made["empty home"] = site.client.get("/").text
    return made


@pytest.fixture
def every_page(make_site: Any, reports: Any) -> dict[str, str]:
    """Every page by name."""
    return pages(make_site(None), reports)


def test_every_page_keeps_the_rules(every_page: dict[str, str]) -> None:
    assert len(every_page) == 79
    for name, text in every_page.items():
        page = Page(text.partition("<!doctype html>")[2])
        assert page.lang == "en", name
        assert page.headings.count(1) == 1, name
        assert page.headings[0] == 1, name
        steps = [after - before for before, after in zip(page.headings, page.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, (name, page.headings)
        assert page.wrong == [], name
        assert len(set(page.ids)) == len(page.ids), (name, sorted(page.ids))
        assert set(page.targets) - {""} <= set(page.ids), name
        assert set(page.labelled) <= set(page.ids), name
        assert set(page.inputs) <= set(page.labelled) - {""}, name


def test_every_page_begins_with_its_doctype_and_shows_no_template(every_page: dict[str, str]) -> None:
    for name, text in every_page.items():
        assert text.startswith("<!doctype html>"), name
        assert "{{" not in text, name
        assert "{%" not in text, name
        assert "Undefined" not in text, name
