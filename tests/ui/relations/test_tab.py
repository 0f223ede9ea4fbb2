"""The people around a client at work: list, forms, household, referrals, undo."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from rmdesk.services.relations import queries
from rmdesk.services.relations.persons import EditPerson
from rmdesk.services.relations.rows import Details
from rmdesk.ui.relations.dialogs import RelationshipDialog
from rmdesk.ui.relations.household_dialog import HouseholdDialog, HouseholdNameDialog
from rmdesk.ui.relations.path_dialog import PathDialog
from rmdesk.ui.relations.person_dialogs import BecomesDialog, PersonDialog
from rmdesk.ui.relations.person_fields import NumberField
from rmdesk.ui.relations.referral_dialog import ReferralDialog
from tests.ui.relations.robot import MIDDLE, RelationsRobot


def test_the_list_tells_who_is_what_family_first(robot: RelationsRobot) -> None:
    listed = robot.listed()
    assert listed[0] == ("husband", "林致远")
    assert ("mother", "沈玉珍") in listed
    assert robot.tab.card.note.text() == str(len(listed))
    assert robot.tab.household.head.text() == "周文敏家"
    assert robot.tab.kin.isVisible()


def test_a_tie_to_a_client_is_added_shown_on_both_sides_and_taken_back(robot: RelationsRobot) -> None:
    before = robot.listed()
    robot.tab.add()
    dialog = robot.dialog(RelationshipDialog)
    robot.choose(dialog, "role", "adviser")
    robot.type(dialog, "other", "司马长青")
    robot.answer(dialog)
    robot.until(lambda: ("adviser", "司马长青") in robot.listed())
    other = robot.number("司马长青")
    roles = [(row.role, row.other.name) for row in robot.store.read(queries.relations_of, other)]
    assert ("advised", MIDDLE) in roles
    robot.settle()
    robot.desk.undo()
    robot.until(lambda: robot.listed() == before)
    robot.settle()


def test_what_is_refused_stands_beside_the_field_and_a_second_spouse_is_asked_about(robot: RelationsRobot) -> None:
    robot.tab.add()
    dialog = robot.dialog(RelationshipDialog)
    robot.answer(dialog)
    assert dialog.form.fields["other"].error.text()
    robot.choose(dialog, "role", "spouse")
    robot.type(dialog, "other", "司马长青")
    robot.answer(dialog)
    robot.until(lambda: "林致远" in dialog.form.fields["role"].error.text())
    assert dialog.answer.text() == "Save all the same"
    robot.answer(dialog)
    robot.until(lambda: ("husband", "司马长青") in robot.listed())
    robot.settle()


def test_a_child_is_noted_only_with_a_guardian(robot: RelationsRobot) -> None:
    robot.tab.add()
    dialog = robot.dialog(RelationshipDialog)
    robot.choose(dialog, "role", "child")
    robot.choose(dialog, "who", "person")
    robot.type(dialog, "name", "林小满")
    robot.type(dialog, "birth_date", "2019-05-04")
    assert not dialog.form.fields["guardian"].isVisible()
    robot.answer(dialog)
    robot.until(lambda: dialog.form.fields["guardian"].error.isVisible())
    name = dialog.form.fields["name"].editor
    assert isinstance(name, QLineEdit)
    assert name.text() == "林小满"
    robot.type(dialog, "guardian", MIDDLE)
    robot.answer(dialog)
    robot.until(lambda: ("child", "林小满") in robot.listed())
    robot.settle()


def test_somebody_noted_before_is_offered_while_typing(robot: RelationsRobot) -> None:
    robot.tab.add()
    dialog = robot.dialog(RelationshipDialog)
    robot.choose(dialog, "role", "friend")
    robot.choose(dialog, "who", "person")
    robot.type(dialog, "name", "童会")
    robot.until(lambda: dialog.extra.count() > 1)
    robot.press(dialog, "Take 童会长")
    robot.answer(dialog)
    robot.until(lambda: ("friend", "童会长") in robot.listed())
    count = robot.store.read(lambda reads: reads.value("SELECT count(*) FROM person WHERE name = '童会长'"))
    assert count == 1
    robot.settle()


def test_a_tie_is_removed_with_the_delete_key_and_comes_back(robot: RelationsRobot) -> None:
    before = robot.listed()
    robot.desk.window.activateWindow()
    robot.tab.table.setFocus()
    robot.tab.table.selectRow(0)
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Delete)
    robot.until(lambda: len(robot.listed()) == len(before) - 1)
    robot.settle()
    robot.desk.undo()
    robot.until(lambda: robot.listed() == before)
    robot.settle()


def test_a_note_is_corrected(robot: RelationsRobot) -> None:
    robot.tab.table.selectRow(0)
    robot.press(robot.tab.card, "Edit")
    dialog = robot.dialog(RelationshipDialog)
    robot.type(dialog, "note", "董事长")
    robot.answer(dialog)
    robot.until(lambda: robot.tab.table.rows.cell(0, 2).text == "董事长")
    robot.settle()


def test_enter_opens_the_file_of_a_client_and_what_is_noted_of_a_person(robot: RelationsRobot) -> None:
    rows = robot.listed()
    person = next(at for at, (_role, name) in enumerate(rows) if name == "沈玉珍")
    robot.tab.table.selectRow(person)
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Return)
    dialog = robot.dialog(PersonDialog)
    robot.type(dialog, "occupation", "名誉院长")
    robot.answer(dialog)
    robot.settle()
    client = next(at for at, (_role, name) in enumerate(robot.listed()) if name == "欧阳婉清")
    robot.tab.table.selectRow(client)
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Return)
    robot.until(lambda: robot.tab.client == robot.number("欧阳婉清"))
    robot.settle()


def test_the_phone_of_a_person_is_masked_until_it_is_asked_for(robot: RelationsRobot) -> None:
    def kept() -> tuple[str, str]:
        row = robot.store.read(lambda reads: reads.one("SELECT phone, note FROM person WHERE name = '方律师'"))
        assert row is not None
        return row[0], row[1]

    def seen() -> int:
        sql = "SELECT count(*) FROM audit_entry WHERE act = 'reveal' AND facts LIKE '%person.phone%'"
        return int(robot.store.read(lambda reads: reads.value(sql)))

    phone, looks = "13800138000", seen()
    who = robot.store.read(lambda reads: reads.value("SELECT id FROM person WHERE name = '方律师'"))
    robot.store.perform(EditPerson(who, Details("方律师", phone=phone)))
    at = next(at for at, (_role, name) in enumerate(robot.listed()) if name == "方律师")
    robot.tab.table.selectRow(at)
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Return)
    dialog = robot.dialog(PersonDialog)
    line = dialog.form.editor("phone", NumberField).line
    assert line.isReadOnly()
    assert phone[3:7] not in line.text()
    robot.type(dialog, "note", "午后来电")
    robot.answer(dialog)
    robot.settle()
    assert kept() == (phone, "午后来电")  # what was not shown stays as it was
    assert seen() == looks
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Return)
    dialog = robot.dialog(PersonDialog)
    line = dialog.form.editor("phone", NumberField).line
    robot.press(dialog, "Show the phone")
    robot.until(lambda: line.text() == phone)
    assert seen() == looks + 1
    line.setText("13900001111")
    robot.answer(dialog)
    robot.settle()
    assert kept()[0] == "13900001111"


def test_a_person_becomes_a_client(robot: RelationsRobot) -> None:
    at = next(at for at, (_role, name) in enumerate(robot.listed()) if name == "方律师")
    robot.tab.table.selectRow(at)
    robot.qtbot.keyClick(robot.tab.table, Qt.Key.Key_Return)
    robot.press(robot.dialog(PersonDialog), "Is now a client…")
    dialog = robot.dialog(BecomesDialog)
    robot.type(dialog, "client", "乐少华")
    robot.answer(dialog)
    robot.until(lambda: ("adviser", "乐少华") in robot.listed())
    robot.settle()


def test_household_and_referrals(robot: RelationsRobot) -> None:
    tab = robot.tab
    robot.press(tab.household, "Take 沈玉珍 out of the household")
    robot.until(lambda: tab.told is not None and len(tab.told.household.members) == 4)  # type: ignore[union-attr]
    robot.settle()
    robot.press(tab.household, "Edit household")
    naming = robot.dialog(HouseholdNameDialog)
    robot.type(naming, "name", "文敏一家")
    robot.type(naming, "note", "三代同住")
    robot.answer(naming)
    robot.until(lambda: tab.household.head.text() == "文敏一家")
    robot.settle()
    robot.desk.undo()
    robot.until(lambda: tab.household.head.text() == "周文敏家")
    robot.settle()
    robot.press(tab.household, "Add")
    dialog = robot.dialog(HouseholdDialog)
    box = next(box for node, box in dialog._boxes.items() if "沈玉珍" in box.text())
    robot.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    box.setChecked(True)
    robot.answer(dialog)
    robot.until(lambda: tab.told is not None and len(tab.told.household.members) == 5)  # type: ignore[union-attr]
    robot.settle()
    robot.press(tab.referrals, "Add referral")
    form = robot.dialog(ReferralDialog)
    robot.type(form, "name", "老邻居")
    robot.answer(form)
    robot.until(lambda: tab.told is not None and tab.told.referrals[0].name == "老邻居")
    robot.settle()
    robot.press(tab.referrals, "Confirm: 老邻居")
    robot.until(lambda: tab.told is not None and tab.told.referrals[0].confirmed)
    robot.settle()


def test_the_way_to_a_client_is_told_hop_by_hop(robot: RelationsRobot) -> None:
    robot.go(robot.number("司马长青"))
    robot.tab.introduce()
    dialog = robot.dialog(PathDialog)
    robot.until(lambda: "司马长青" in dialog._title.text())
    link = next(one for one in dialog.findChildren(QPushButton) if one.accessibleName().startswith("Open "))
    name = link.text()
    robot.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    robot.until(lambda: robot.desk.window.page().title() == name)  # type: ignore[union-attr]
    robot.settle()
