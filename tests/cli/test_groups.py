"""`groups` on the command line: the list, one group, a deal that is talked about."""

from __future__ import annotations

from tests.cli.test_products import Asked, asked

__all__ = ("asked",)


def test_groups_tells_lights_trees_and_drafts(asked: Asked) -> None:
    listed = asked("groups", "--json")["groups"]
    assert [one["light"] for one in listed] == ["near", "watch"]
    assert "2026-06-30" in " ".join(listed[1]["reasons"])  # old capital keeps it from green
    found = asked("groups", "宏远", "--json")
    assert [node["shared"] for node in found["tree"]].count(True) == 1
    assert [len(circle) for circle in found["circles"]] == [3]
    drafted = asked("groups", "宏远", "--draft", "精密", "loan", "1亿", "--json")
    assert (found["light"], drafted["with_draft"]["light"]) == ("near", "reached")
    assert "circle" in asked("groups", "宏远")
    assert "Traffic light" in asked("groups")
    assert asked("groups", "宏远", "--draft", "宏远", "loan", "1亿", "--json", status=2)["error"] == "several_members"
    assert asked("groups", "宏远", "--draft", "", "loan", "1亿", "--json", status=2)["error"] == "no_member"
    assert asked("groups", "没有", "--json", status=2)["error"] == "no_group"
    assert asked("groups", "宏远", "--draft", "精密", "gold", "1", "--json", status=2)["error"] == "usage"
