"""What a person is told when something fails: what happened, and what to do; trouble never leaves them alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rmdesk.base import text

ROOT = Path(__file__).parents[2]

# The message says all there is: it is so already, or the calendar has no such day. Nobody can do anything about it.
NOTHING_TO_DO = {
    "answered", "asked", "bad_date", "batch_state", "ended", "greeted", "kept_already", "no_strangers", "no_such_day",
    "no_such_month", "not_planned", "not_reviewed", "nothing_asked", "out", "too_early", "too_late",
}  # fmt: skip


@cache
def failures() -> tuple[tuple[str, str, dict[str, str]], ...]:
    """Where, which kind, and what is given by name."""
    return tuple(_failures())


def _failures() -> Iterator[tuple[str, str, dict[str, str]]]:
    for path in sorted((ROOT / "rmdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Refused", "Trouble")
            ):
                if not node.args or ast.unparse(node.args[0]) == "''":
                    continue  # the empty one that a field begins with
                given = {one.arg: ast.unparse(one.value) for one in node.keywords if one.arg}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.func.id, given


def test_trouble_outside_says_what_to_do() -> None:
    assert [where for where, kind, given in failures() if kind == "Trouble" and "do" not in given] == []


def test_what_is_refused_stands_beside_its_field_or_says_what_to_do() -> None:
    alone = [
        where
        for where, kind, given in failures()
        if kind == "Refused"
        and not {"do", "field"} & given.keys()
        and given.get("code", "").strip("'") not in NOTHING_TO_DO
    ]
    assert alone == []


def test_nothing_is_excused_that_is_not_there() -> None:
    used = {given.get("code", "").strip("'") for _where, _kind, given in failures() if "do" not in given}
    assert used >= NOTHING_TO_DO


def test_every_failure_has_a_code_for_scripts() -> None:
    found = list(failures())
    assert len(found) > 500
    assert [where for where, _kind, given in found if "code" not in given and "field" not in given] == []


# That the work is safe: said in one of these ways, in both languages.
SAFE = {
    "en": re.compile(
        r"\bsafe\b|not changed|not touched|[Nn]othing (was|is) (changed|lost|removed|overwritten)|stays? here", re.ASCII
    ),
    "zh_CN": re.compile(
        r"安全|没有改变|没有任何改动|未(作任何|被)?(改动|更改|修改|变更)|不受影响|保留在|不会丢|未覆盖|没有删除|没有更改|没有覆盖"
    ),
}
# Where nothing that anybody wrote was at stake: a look at a file, a start that did not begin, a word on the state.
NOTHING_AT_STAKE = {
    "file_unread", "in_use", "no_chinese_font", "no_key_file", "no_permission", "no_screen", "not_found",
    "sqlite_too_old", "syncing", "system", "travelling", "unreadable",
}  # fmt: skip
ONLY_READ = "rmdesk/services/imports/tables/"  # a file that is looked at; nothing has begun

BEGINS_EMPTY = "rmdesk/ui/settings/key_dialogs.py"  # stands for "no PIN here"; nobody ever reads it


def _text(tree: ast.Module, node: ast.expr | None) -> str:
    """A text as it stands in the source, or behind a constant of the same file; "" when it is made elsewhere."""
    if isinstance(node, ast.Name):
        values = (
            one.value for one in tree.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == node.id
        )
        return _text(tree, next(values, None))
    if isinstance(node, ast.Call) and node.args:
        node = node.args[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def troubles() -> Iterator[tuple[str, str, str]]:
    """Of each trouble on a desk: where it is told, what happened, what to do."""
    for path in sorted((ROOT / "rmdesk").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            given = {one.arg: one.value for one in node.keywords}
            code = _text(tree, given.get("code"))
            if node.func.id not in ("Trouble", "Damaged") or place.startswith(("rmdesk/hub/", ONLY_READ)):
                continue
            if ast.unparse(node.args[0]) == "''" and place == BEGINS_EMPTY:
                continue
            if code not in NOTHING_AT_STAKE:
                yield f"{place}:{node.lineno}", _text(tree, node.args[0]), _text(tree, given.get("do"))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_trouble_says_what_happened_that_the_work_is_safe_and_what_to_do(language: str) -> None:
    found = list(troubles())
    assert len(found) > 30
    text.use(language)
    assert [where for where, said, do in found if not said or not do] == []
    told = [(where, f"{text._(said)} {text._(do)}") for where, said, do in found]
    assert [one for one in told if not SAFE[language].search(one[1])] == []


def test_nothing_is_called_harmless_that_is_not_there() -> None:
    used = {given.get("code", "").strip("'") for _where, kind, given in failures() if kind == "Trouble"}
    assert used >= NOTHING_AT_STAKE


# Where rules with a page in the help refuse. What is left there is a slip of the hand or a record that is gone, which
# no rule explains: an empty field, a day that is none, a number that cannot be read, a state that has moved on.
RULED = {
    "benefits", "campaigns", "care", "churn", "clubs", "complaints", "exports", "gatherings", "gifts", "imports",
    "insights", "journals", "occasions", "points", "privacy", "profile", "satisfaction", "scoring", "segments",
    "specialists", "strategy", "team", "visits",
}  # fmt: skip
SLIPS = {
    "amount", "answered", "archive", "asked", "bad_cause", "bad_condition", "bad_cost", "bad_count", "bad_date",
    "bad_day", "bad_days", "bad_feedback", "bad_half", "bad_liking", "bad_margin", "bad_minutes", "bad_move",
    "bad_points", "bad_time", "batch_state", "closed", "empty", "encrypted", "ended", "file_exists", "folder",
    "future", "given", "gone", "greeted", "has_records", "held", "hostile", "line_too_long", "listed", "no_amount",
    "no_benefit", "no_block", "no_calendar", "no_cause", "no_channel", "no_circle", "no_client", "no_club",
    "no_content", "no_day", "no_festival", "no_field", "no_file", "no_kind", "no_layout", "no_letter", "no_method",
    "no_mood", "no_name", "no_pair", "no_place", "no_reaction", "no_such_day", "no_such_month", "no_text", "no_tier",
    "no_title", "no_what", "no_year", "nobody", "not_edited", "not_lead", "not_listed", "not_merged", "not_planned",
    "not_reviewed", "not_that_day", "open", "open_difference", "out", "put_off", "sent", "settled", "too_far",
    "too_large", "too_long", "too_many", "too_many_columns", "too_many_rows", "too_old", "touched", "twice",
    "unknown_form", "unpacked_too_large", "usage", "whose",
}  # fmt: skip


def test_what_a_rule_refuses_leads_to_its_page_in_the_help() -> None:
    alone = [
        where
        for where, kind, given in failures()
        if kind == "Refused"
        and where.startswith(tuple(f"rmdesk/services/{name}/" for name in RULED))
        and "guide" not in given
        and given.get("code", "?").strip("'") not in {*SLIPS, "?"}
    ]
    assert alone == []


def test_every_page_that_an_error_leads_to_is_there() -> None:
    from rmdesk.services.guide import topics

    led = {given.get("guide", "") for _where, _kind, given in failures()}
    named = {name.strip("'") for name in led if name.startswith("'")} - {""}
    assert named <= {*topics.rules()}
    assert len(named) > 20
