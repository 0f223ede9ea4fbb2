"""The documents tell the truth: what they name exists, what they tell to type works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import verbs

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
MANUALS = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
MADE_LATER = ("shots/", ".venv/", ".venv/bin/rmdesk", "./install", "./uninstall", "dist/rmdesk.app")


def text(name: str) -> str:
    """One document."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [*DOCUMENTS, *(f"docs/{name}" for name in MANUALS), *(f"docs/adr/{path.name}" for path in DECISIONS)],
)
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


def test_the_first_two_questions_of_a_newcomer_are_answered_first() -> None:
    first = [line for line in text("ARCHITECTURE.md").splitlines() if line.startswith("| where ")][:2]
    assert "`rmdesk/services/segments/rules.py`" in first[0]
    assert "tiers" in first[0]
    assert "`rmdesk/ui/clients/page.py`" in first[1]
    assert "the Clients page lives" in first[1]


def test_each_part_of_the_program_has_its_place_in_the_architecture() -> None:
    """A feature of the services that nobody names is one that no newcomer finds."""
    told = text("ARCHITECTURE.md")
    features = [path.parent.name for path in (ROOT / "rmdesk" / "services").glob("*/__init__.py")]
    assert len(features) > 40
    assert [name for name in features if f"services/{name}/" not in told] == []


def test_what_the_architecture_names_in_code_is_there() -> None:
    """Each `module.name` in the pictures of the ways."""
    whole = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "rmdesk").rglob("*.py"))
    pictures = "\n".join(text("ARCHITECTURE.md").split("```")[3::2])
    named = {one for one in re.findall(r"(?<![\w/.])([a-z_]+\.[a-z_]+)(?![\w/.])", pictures) if not one.endswith(".py")}
    assert {"source.open_sources", "portfolio.load", "pushing.push"} <= named
    homes = {one: one.split(".") for one in named}
    assert [
        one for one, (_, name) in homes.items() if not re.search(rf"\b(?:def|class) {name}\b|\b{name}:", whole)
    ] == []
    modules = {path.stem for path in (ROOT / "rmdesk").rglob("*")}
    assert [one for one, (module, _) in homes.items() if module not in modules and f'"{module}"' not in whole] == []


def test_every_verb_in_the_documents_is_one_of_dev_py() -> None:
    named = [*DOCUMENTS, *(f"docs/{name}" for name in MANUALS)]
    told = {verb for name in named for verb in re.findall(r"dev\.py ([a-z][\w-]*)", text(name))}
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


@pytest.mark.parametrize("name", ["CHANGELOG.md", "ARCHITECTURE.md", *(f"docs/{name}" for name in MANUALS)])
def test_every_command_in_the_documents_is_one_of_rmdesk(name: str) -> None:
    from rmdesk.cli.main import GROUPS

    told = set(re.findall(r"`rmdesk (?:--[\w-]+ [A-Z]+ )?([a-z]+)", text(name)))
    assert told - set(GROUPS) == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_says_what_it_costs(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 40
    assert lines[0] == f"# {int(decision.name[:4])}. " + lines[0].split(". ", 1)[1]
    assert any("Decision." in line for line in lines)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
