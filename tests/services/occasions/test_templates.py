"""Templates fill in what is known, drop what is not, and are the manager's to add to."""

from __future__ import annotations

from datetime import date

import pytest

from rmdesk.base import clock, text
from rmdesk.base.errors import Refused
from rmdesk.models.kinds import OccasionKind
from rmdesk.services.occasions import templates
from rmdesk.services.occasions.template_commands import AddTemplate, EditTemplate, RetireTemplate
from rmdesk.services.store.store import Store
from tests.services.occasions import arrange
from tests.services.occasions.test_commands import back_and_forth


def test_parts_that_name_what_is_unknown_go() -> None:
    shown = templates.fill("{name}，[[上次聊到{topic}，]]生日快乐。{manager}", {"name": "周文敏"})
    assert shown == "周文敏，生日快乐。{manager}"
    assert templates.fill("[[{topic}]]", {"topic": "茶"}) == "茶"


@pytest.mark.parametrize(
    ("name", "sex", "chinese", "english"),
    [
        ("周文敏", "F", "周女士", "Ms 周"),
        ("欧阳婉清", "F", "欧阳女士", "Ms 欧阳"),
        ("解晓光", "M", "解先生", "Mr 解"),
        ("周文敏", None, "周文敏", "周文敏"),
        ("John Smith", "M", "John Smith", "John Smith"),
    ],
)
def test_how_a_letter_addresses_somebody(name: str, sex: str | None, chinese: str, english: str) -> None:
    assert templates.honorific(name, sex) == english
    text.use("zh_CN")
    assert templates.honorific(name, sex) == chinese


def test_a_draft_knows_the_client_and_the_last_topic(store: Store) -> None:
    text.use("zh_CN")
    client = arrange.client(store)
    visit = {"client_id": client, "state": "held", "channel": "phone", "entered_at": clock.now()}
    arrange.row(store, "Visit", on=date(2026, 11, 1), content="谈女儿留学费用，有 80 万美元换汇需求。", **visit)
    arrange.row(store, "Visit", on=date(2026, 11, 9), content="未接", two_way=False, **visit)
    draft = store.read(templates.draft_for, client, OccasionKind.BIRTHDAY, years=60)
    assert draft.values["topic"] == "女儿留学费用"
    filled = [draft.filled(at) for at in range(len(draft.texts))]
    assert any("女儿留学费用" in one for one in filled)
    assert any("60" in one for one in filled)
    assert all("周女士" in one and "[[" not in one for one in filled)
    assert "万美元" not in "".join(filled)


@pytest.mark.parametrize("kind", list(OccasionKind))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_kind_of_day_has_a_template_and_every_place_is_known(
    store: Store, kind: OccasionKind, language: str
) -> None:
    text.use(language)
    client = arrange.client(store)
    draft = store.read(templates.draft_for, client, kind, title="中秋" if kind is OccasionKind.FESTIVAL else None)
    assert draft.texts
    values = dict.fromkeys(templates.PLACES, "x")
    for one in draft.texts:
        filled = templates.fill(one.text, values)
        assert "{" not in filled
        assert "[" not in filled


def test_the_festivals_own_text_comes_first(store: Store) -> None:
    text.use("zh_CN")
    client = arrange.client(store)
    draft = store.read(templates.draft_for, client, OccasionKind.FESTIVAL, title="中秋")
    assert draft.texts[0].title == "中秋"
    assert not any("端午" in one.title for one in draft.texts)


def test_own_templates_come_before_the_shipped(store: Store) -> None:
    added = back_and_forth(store, AddTemplate("birthday", "Mine", "Hello {name}"))
    texts = templates.suiting(store.read(templates.all_texts), "birthday")
    assert (texts[0].title, texts[0].id) == ("Mine", added.result)
    back_and_forth(store, EditTemplate(added.result, "wedding", "Mine", "Hi {name}"))
    back_and_forth(store, RetireTemplate(added.result))
    assert all(one.id is None for one in store.read(templates.all_texts))


@pytest.mark.parametrize(
    ("title", "words", "field"),
    [("", "x", "title"), ("x", " ", "text"), ("x", "{nme}", "text"), ("x", "PIN 1234", "text")],
)
def test_what_a_template_may_not_be(store: Store, title: str, words: str, field: str) -> None:
    with pytest.raises(Refused) as told:
        store.perform(AddTemplate("birthday", title, words))
    assert told.value.field == field
