"""Monday: who first and why, the brief, a visit logged by keyboard, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import Qt

from rmdesk.base import clock
from rmdesk.services.brief.queries import brief_of
from rmdesk.services.care import queries as care
from rmdesk.services.documents.blocks import said
from rmdesk.services.timeline.queries import timeline_of
from rmdesk.services.visits import ledger
from rmdesk.services.visits.queries import visits_of
from rmdesk.ui.today.page import TodayPage
from rmdesk.ui.visits.log_page import LogPage
from tests.walk.hands import CONTROL
from tests.walk.telling import step
from tests.walk.week import Week

PROMISE, NEXT_STEP = "周四前把大额存单的到期安排发给他", "约家人一起谈养老规划"
CONTENT = "问起美元存款，担心汇率；说女儿明年毕业"
MOST_SEQUENCES = 6


@step("I open Today; No 1 stands there for reasons whose points add up to the score")
def open_today(week: Week) -> Iterator[object]:
    week.hands.press(Qt.Key.Key_1, CONTROL)
    week.hands.page(TodayPage)
    day = week.hands.read(care.care_day)
    first = next(item for item in day.items if item.rank == 1)
    week.first, week.kept["score"] = first.client, first.score
    receipt = week.hands.read(care.receipt, first.client)
    assert receipt.rank == 1
    assert first.reasons
    assert abs(sum(line.points for line in receipt.lines) - receipt.score) < 0.06
    yield f"No 1 {first.name}: {first.score:.1f}, {first.action.text}"
    yield from (f"{line.points:5.1f}  {line.rule}  {line.input}" for line in receipt.lines if line.points)


@step("I read the brief before I go: last contact, promises, what to ask")
def read_brief(week: Week) -> Iterator[object]:
    brief = week.hands.read(brief_of, week.first)
    assert {"promises", "visits", "questions"} <= {section.name for section in brief.sections}
    for section in brief.sections:
        if section.items:
            yield f"{section.title}: {said(section.items[0].text)}"


@step("I log the visit in at most six key sequences; a promise and a next step go with it")
def log_visit(week: Week) -> Iterator[object]:
    hands, before = week.hands, len(week.hands.read(visits_of, week.first))
    number = hands.read(lambda reads: reads.value("SELECT number FROM client WHERE id = ?", (week.first,)))
    hands.pressed = 0
    hands.press(Qt.Key.Key_N, CONTROL)
    form = hands.page(LogPage).form
    hands.wait(form.client.hasFocus)
    hands.write(str(number))
    hands.wait(lambda: len(form.client.list.model_of_picks.picks) == 1)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_1)
    hands.press(Qt.Key.Key_Return)
    hands.write(CONTENT)
    form.promises.more.click()
    line = form.promises.lines[0]
    line.due.set_day(clock.today() + timedelta(days=3))
    hands.write_in(line.text, PROMISE)
    hands.write_in(form.lines["next_step"], NEXT_STEP)
    hands.press(Qt.Key.Key_Return, CONTROL)
    hands.wait(lambda: not isinstance(hands.app.window.page(), LogPage))
    hands.settle()
    visits = hands.read(visits_of, week.first)
    assert len(visits) == before + 1
    assert hands.pressed <= MOST_SEQUENCES
    week.visit = visits[0].id
    yield f"{visits[0].on} {visits[0].name}: {visits[0].content}"
    yield f"{hands.pressed} key sequences; the window says: {hands.app.window.toast.text.text()}"


@step("The promise is in the ledger, the next step is a task, and the file tells the visit")
def see_what_follows(week: Week) -> Iterator[object]:
    promise = next(one for one in week.hands.read(ledger.promises, week.first) if one.text == PROMISE)
    task = next(one for one in week.hands.read(ledger.tasks, week.first) if one.text == NEXT_STEP)
    event = next(one for one in week.hands.read(timeline_of, week.first) if one.entity_id == week.visit)
    assert promise.due_on == clock.today() + timedelta(days=3)
    week.promise = promise.id
    yield f"promise until {promise.due_on}: {promise.text}"
    yield f"task until {task.due_on}: {task.text}"
    yield f"timeline {event.on}: {event.title}"


@step("The client's score has dropped, and Today has somebody else in first place")
def score_dropped(week: Week) -> Iterator[object]:
    receipt = week.hands.read(care.receipt, week.first)
    day = week.hands.read(care.care_day)
    assert receipt.score < week.kept["score"]
    first = next(item for item in day.items if item.rank == 1)
    assert first.client != week.first
    yield f"{week.kept['score']:.1f} before, {receipt.score:.1f} now (rank {receipt.rank})"
    yield f"No 1 is now {first.name}"
