"""The documents tell the truth: what they name exists, what they tell to type works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import verbs

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
MADE_LATER = ("shots/", ".venv/", ".venv/bin/rmdesk")


def text(name: str) -> str:
    """One document."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*DOCUMENTS, *(f"docs/adr/{path.name}" for path in DECISIONS)])
def test_every_path_named_exists(name: str) -> None:
    paths = [path for path in PATH.findall(text(name)) if path not in MADE_LATER]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_tree_in_the_architecture_is_the_tree() -> None:
    block = text("ARCHITECTURE.md").split("## The layers")[1].split("```")[1]
    named = [line.split()[0] for line in block.strip().splitlines()]
    assert len(named) >= 7
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_verb_in_the_documents_is_one_of_dev_py() -> None:
    told = {verb for name in DOCUMENTS for verb in re.findall(r"dev\.py (\w+)", text(name))}
    assert {"run", "test", "check", "walk"} <= told
    assert told - set(verbs.VERBS) == set()


def test_dev_py_explains_all_its_verbs() -> None:
    usage = (ROOT / "dev.py").read_text(encoding="utf-8").split('"""')[1]
    _, _, lines = usage.partition("\n\n")
    assert {line.split()[0] for line in lines.splitlines() if line.strip()} == set(verbs.VERBS)


def test_every_command_in_the_readme_is_one_of_rmdesk() -> None:
    from rmdesk.cli.main import GROUPS

    blocks = "\n".join(re.findall(r"^    .*$", text("README.md"), re.MULTILINE))
    options = r"(?:--\w[\w-]* (?:[A-Z]\S*|\S+) )*"
    told = set(re.findall(rf"^    rmdesk {options}([a-z]+)", blocks, re.MULTILINE))
    assert {"demo", "import", "today"} <= told
    assert told - set(GROUPS) == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_says_what_it_costs(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40
    assert lines[0] == f"# {int(decision.name[:4])}. " + lines[0].split(". ", 1)[1]
    assert any("Decision." in line for line in lines)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
