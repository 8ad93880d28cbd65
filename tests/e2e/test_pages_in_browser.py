"""Pages in Chromium: whom they shut out, what they ask for, and what can be done on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made_class import LADDER, assignment_of, made_class

from grader import report
from grader.course.catalog import Course
from grader.course.handout import asked_in
from grader.records import Assignment, Student, Unreadable
from grader.report.shown import page_name

playwright = pytest.importorskip("playwright.sync_api", reason="browser tests need playwright: pip install -e '.[dev]'")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="browser tests need axe-playwright-python")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="browser tests need Chromium: apt-get install chromium"),
]

ROOT = Path(__file__).parents[2]
SIZE = 9
PAGES = ("weak", "strong", "staff", "class", "course")
WIDTHS = (1280, 768, 390)


def few(assignment: Assignment) -> Assignment:
    """The first questions: enough for every part of a page."""
    kept = assignment.questions[:4]
    ids = {question.id for question in kept}
    return replace(assignment, questions=tuple(replace(q, needs=tuple(n for n in q.needs if n in ids)) for q in kept))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A weak student's page, a strong one's, one for staff, the class's, the course's."""
    out, assignment = tmp_path_factory.mktemp("pages"), few(assignment_of())
    asked = asked_in(Course(ROOT), assignment.id)
    graded = made_class(assignment, SIZE, seed=3)
    for folder in ("students", "staff"):
        (out / folder).mkdir()
        for result, grade in graded:
            html = report.student_page(result, grade, assignment, None, asked, staff=folder == "staff")
            (out / folder / page_name(grade)).write_text(html, encoding="utf-8")
    named = {result.submission.student.key: result for result, _ in graded}
    lists = report.Lists(
        unreadable=(Unreadable(Student.named("تورن"), "p", "no notebook", assignment.id),),
        absent=("Nobody",),
        sections={key: "AB"[n % 2] for n, key in enumerate(named)},
        moved=(report.Moved("key 1", 3.0, 5.5, ("Adam",)),),
        alike=(("key 2", "key 3", 0.97),),
        whole=lambda student: named[student.key],
    )
    (out / "class-x.html").write_text("".join(report.class_page(assignment, graded, lists)), encoding="utf-8")
    columns = [report.Column(id, f"Assignment {id}", "class-x.html") for id in ("a", "b")]
    grades = [{"a": grade} if n % 3 else {"a": grade, "b": grade} for n, (_, grade) in enumerate(graded)]
    members = [report.Member(grade["a"].student.name, "A", grade) for grade in grades]
    (out / "course.html").write_text("".join(report.course_page("A course", columns, members)), encoding="utf-8")
    rich = [grade for result, grade in graded if {LADDER} <= {check.diagnosis for check in result.checks}]
    weak, strong = page_name(min(rich, key=lambda grade: abs(grade.percent - 39))), page_name(graded[0][1])
    return {
        "weak": out / "students" / weak,
        "strong": out / "students" / strong,
        "staff": out / "staff" / weak,
        "class": out / "class-x.html",
        "course": out / "course.html",
    }


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    """An empty page that notes what it is asked for and what it says."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.asked, page.told = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    yield page
    context.close()


def unfold(page: playwright.Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")


# ---- whom they shut out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_shut_out(name: str, scheme: str, pages: dict[str, Path], page: playwright.Page) -> None:
    """WCAG 2.2 AA as far as axe can tell, everything unfolded, at each width; no page is wider than its window."""
    page.emulate_media(color_scheme=scheme)
    page.goto(pages[name].as_uri())
    unfold(page)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = axe.Axe().run(page, options=rules | {"resultTypes": ["violations"]}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], f"{name} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name} at {width}"


def test_a_status_is_a_word_as_well(pages: dict[str, Path], page: playwright.Page) -> None:
    """Without colours, and for who hears the page."""
    page.goto(pages["weak"].as_uri())
    marks = page.get_by_role("img").filter(has_text="✗")
    assert marks.count() > 1 and {mark.get_attribute("aria-label") for mark in marks.all()} == {"not right"}


def test_a_scroller_is_reached_by_the_keyboard(pages: dict[str, Path], page: playwright.Page) -> None:
    """On a phone a table is wider than the window: it can be moved with the arrow keys."""
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(pages["class"].as_uri())
    region = page.get_by_role("region", name="Questions")
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate("(region) => region === document.activeElement && region.scrollWidth > region.clientWidth")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


@pytest.mark.parametrize(("motion", "due"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_asked_for(motion: str, due: str, pages: dict[str, Path], page: playwright.Page) -> None:
    """Who wants none gets none."""
    page.emulate_media(reduced_motion=motion)
    page.goto(pages["weak"].as_uri())
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == due


# ---- what they ask for


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_a_page(name: str, pages: dict[str, Path], page: playwright.Page) -> None:
    """No request but for the file itself, and nothing on the console, whatever is done on it."""
    page.goto(pages[name].as_uri())
    unfold(page)
    for button in page.get_by_role("button").all():
        button.click()
    asked = [url for url in page.asked if not url.startswith("data:image/")]
    assert (asked, page.told) == ([pages[name].as_uri()], [])


def test_a_foreign_script_does_not_run(pages: dict[str, Path], page: playwright.Page, tmp_path: Path) -> None:
    """The content policy knows the page's own script by its hash, and no other."""
    html = pages["weak"].read_text(encoding="utf-8")
    (tmp_path / "x.html").write_text(html.replace("</main>", "<script>document.title = 'mine'</script></main>"))
    page.goto((tmp_path / "x.html").as_uri())
    assert page.title() != "mine" and any("Content Security Policy" in said for said in page.told)
    assert page.get_by_role("button", name="Unfold all").is_visible()


# ---- what can be done on them


def test_folds(pages: dict[str, Path], page: playwright.Page) -> None:
    """All at once by buttons, one by the keyboard, and what a link of the map leads to."""
    page.goto(pages["weak"].as_uri())
    folds = page.locator("details.question")
    opened = "document.querySelectorAll('details.question[open]').length"
    assert 0 < page.evaluate(opened) < folds.count()
    page.get_by_role("button", name="Unfold all").click()
    assert page.evaluate(opened) == folds.count()
    page.get_by_role("button", name="Fold all", exact=True).click()
    assert page.evaluate(opened) == 0
    folds.first.locator("> summary").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(opened) == 1
    target = folds.last.get_attribute("id")
    page.locator(f".map a[href='#{target}']").click()
    page.wait_for_function("(id) => document.getElementById(id).open", arg=target)


def test_a_hint_opens_step_by_step(pages: dict[str, Path], page: playwright.Page) -> None:
    """What is wrong is there; where and how come when they are asked for."""
    page.goto(pages["weak"].as_uri())
    page.get_by_role("button", name="Unfold all").click()
    hint = page.locator(".hint").filter(has_text="Forgets").first
    where, how = hint.get_by_text("Look at the loop."), hint.get_by_text("Call it before")
    assert hint.get_by_text("Gradients").is_visible() and not where.is_visible() and not how.is_visible()
    hint.get_by_text("Where", exact=True).click()
    assert where.is_visible() and not how.is_visible()
    hint.get_by_text("How", exact=True).click()
    assert how.is_visible()


def column(page: playwright.Page, table: str, number: int) -> list[str]:
    return [cell.inner_text().strip() for cell in page.locator(f"#{table} tbody tr > :nth-child({number})").all()]


def test_sorting(pages: dict[str, Path], page: playwright.Page) -> None:
    """By a click or a key on a head; numbers as numbers; the head says which way."""
    page.goto(pages["class"].as_uri())
    head = page.locator("#students-table th", has_text="%")
    head.get_by_role("button").click()
    found = [int(text) for text in column(page, "students-table", 4)]
    assert found == sorted(found) and head.get_attribute("aria-sort") == "ascending" and len(found) == SIZE
    head.get_by_role("button").press("Enter")
    assert [int(text) for text in column(page, "students-table", 4)] == sorted(found, reverse=True)
    page.locator("#students-table th", has_text="Student").get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, "students-table", 1)[0].startswith("Ada Lovelace 0")


def test_searching_and_filtering(pages: dict[str, Path], page: playwright.Page) -> None:
    """Rows that hold the words, in any script, and those of a kind; and how many they are."""
    page.goto(pages["class"].as_uri())
    tools, rows = page.locator("[data-searches=students-table]"), page.locator("#students-table tbody tr:visible")
    tools.get_by_role("searchbox").fill("محمد")
    assert rows.count() == 1 and tools.get_by_role("status").inner_text() == f"1 of {SIZE}"
    tools.get_by_role("searchbox").fill("")
    tools.get_by_role("combobox").select_option("late")
    assert 0 < rows.count() < SIZE and all("late" in row.inner_text() for row in rows.all())
    tools.get_by_role("combobox").select_option("")
    assert rows.count() == SIZE and tools.get_by_role("status").inner_text() == ""


def test_from_a_misconception_to_the_students(pages: dict[str, Path], page: playwright.Page) -> None:
    """A name leads to the student's row, the row to the page for staff."""
    page.goto(pages["class"].as_uri())
    link = page.locator("#misconceptions-table a").first
    name = link.inner_text()
    link.dispatch_event("click")
    row = page.locator("tr:target")
    assert row.locator("th").inner_text().startswith(name)
    row.locator("th a").click()
    assert "/staff/" in page.url and name in page.title()


def test_everything_is_there_without_scripts(browser: playwright.Browser, pages: dict[str, Path]) -> None:
    """Tables, folds, hints; only what needs a script is not offered."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["class"].as_uri())
    assert page.locator("#students-table tbody tr").count() == SIZE and page.get_by_role("button").count() == 0
    page.goto(pages["weak"].as_uri())
    page.locator("details.question:not([open]) > summary").first.click()
    assert page.locator("details.question[open] ul.checks").first.is_visible()
    assert not page.get_by_role("button", name="Unfold all").is_visible()
    context.close()


def test_print(pages: dict[str, Path], page: playwright.Page) -> None:
    """Charts keep their colours, what failed is unfolded, code is not cut off, no tools are printed."""
    page.goto(pages["class"].as_uri())
    page.emulate_media(media="print")
    bar = page.locator(".chart .columns rect:visible").first
    assert bar.evaluate("(bar) => getComputedStyle(bar).printColorAdjust") == "exact"
    assert not page.locator(".bar-of-tools").first.is_visible()
    page.emulate_media(media="screen")
    page.goto(pages["weak"].as_uri())
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    assert page.locator("details.failed:not([open])").count() == 0 < page.locator("details.failed").count()
    page.emulate_media(media="print")
    overflow = "(code) => getComputedStyle(code).whiteSpace"
    assert page.locator("pre.code:visible").first.evaluate(overflow) == "pre-wrap"
    heads = page.locator("h2, summary").evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakAfter)")
    assert set(heads) == {"avoid"}


def test_names_in_any_script(pages: dict[str, Path], page: playwright.Page) -> None:
    """In titles, file names and rows; those that run from right to left do not turn what is beside them."""
    for path in pages["weak"].parent.iterdir():
        page.goto(path.as_uri())
        assert page.locator("header bdi").inner_text() == page.title().rpartition(" · ")[2]
    page.goto(pages["class"].as_uri())
    assert "محمد علي 3" in [name.removesuffix(" •") for name in column(page, "students-table", 1)]
    assert page.locator("#students-table tbody th bdi").count() == SIZE
    assert any("محمد" in path.name for path in pages["weak"].parent.iterdir())
