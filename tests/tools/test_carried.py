"""What the built program leaves out is nothing that rmdesk imports, at its start or later."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from rmdesk.cli.main import GROUPS, main
from tests.conftest import TODAY
from tests.support.demo import copied
from tests.tools.test_installers import Recipe
from tools import carried, frozen, packaging
from tools.environment import ROOT, child_environment


def test_every_import_wherever_it_stands_is_of_something_carried() -> None:
    distributions, owners = set(packaging.distributions()), metadata.packages_distributions()
    for name, whom in carried.imported().items():
        above = {".".join(name.split(".")[:depth]) for depth in range(1, name.count(".") + 2)}
        assert not above & set(packaging.LEFT_OUT), (name, whom)
        top = name.split(".", 1)[0]
        if top not in (*sys.stdlib_module_names, "rmdesk", *carried.ELSEWHERE):
            assert {one.lower().replace("_", "-") for one in owners[top]} & distributions, (name, whom)


def test_what_is_imported_by_its_name_is_told_to_the_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = set(Recipe("linux", monkeypatch, tmp_path).asked["hiddenimports"])
    assert set(carried.desk_modules()) <= told
    assert {f"rmdesk.cli.{name}" for name in GROUPS.values()} <= told
    assert not {one for one in told if one.startswith(("rmdesk.hub", "rmdesk.cli.hub_"))}


def test_a_module_that_is_missing_in_a_build_is_seen() -> None:
    there = {*carried.desk_modules(), *carried.imported()}
    assert carried.missing(there) == []
    lacking = carried.missing(there - {"duckdb", "rmdesk.ui.today.page"})
    assert [line.split()[0] for line in lacking] == ["duckdb", "rmdesk.ui.today.page"]


def test_the_installed_program_refuses_the_hub_and_helps_without_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from rmdesk.cli import hub

    monkeypatch.setattr(hub, "PARTS", ("hub_that_is_not_carried",))
    assert main(["--lang", "en", "--help"]) == 0
    assert "the team hub" in capsys.readouterr().out
    assert main(["--lang", "en", "hub", "serve", "--embedded"]) == 2
    assert "not part of this program" in capsys.readouterr().err


BLOCKED = """
import sys
from tools.packaging import LEFT_OUT
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name in gone:
            raise ModuleNotFoundError(name, name=name)
gone = set(LEFT_OUT) - {"tools"}
sys.meta_path.insert(0, Gone())
from rmdesk.cli.main import main
for line in sys.argv[1].splitlines():
    if main(line.split()) != 0:
        sys.exit(line)
"""


def test_charts_files_and_imports_work_without_what_is_left_out(made_demo: Path, tmp_path: Path) -> None:
    copied(made_demo, tmp_path / "profile")
    frozen.write_files(tmp_path / "files")
    general = f"--profile {tmp_path / 'profile'} --date {TODAY} --lang en"
    lines = (
        f"report monthly --out {tmp_path}/a.pdf --plain --reason 周会",
        f"report weekly --out {tmp_path}/a.xlsx --plain --reason 周会",
        *(f"import {tmp_path}/files/{name}" for name in ("d.parquet", "c.ods", "e.vcf")),
    )
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "\n".join(f"{general} {line}" for line in lines)],
        cwd=ROOT, env=child_environment(QT_QPA_PLATFORM="offscreen"), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
