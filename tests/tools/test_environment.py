"""The environment is made once, again when what it depends on changes, and left alone when it is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import environment, system


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without an environment; making one is only noted in `made`."""
    (tmp_path / "lock.txt").write_text("numpy==2.1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(environment, "RMDESK", venv / "bin" / "rmdesk")
    monkeypatch.setattr(environment, "LOCK", tmp_path / "lock.txt")
    monkeypatch.setattr(environment, "STAMP", venv / "rmdesk-setup.txt")
    monkeypatch.setattr(environment, "_compile_catalogues", lambda: None)
    monkeypatch.setattr(system, "prepare", lambda also=None: None)
    return tmp_path


@pytest.fixture
def made(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the environment was made."""
    times: list[str] = []

    def make() -> None:
        times.append("made")
        (project / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        for name in ("python", "rmdesk"):
            (project / ".venv" / "bin" / name).touch()
        (project / ".venv" / "rmdesk-setup.txt").write_text(environment._fingerprint())

    monkeypatch.setattr(environment, "_make", make)
    return times


def test_it_is_made_once(project: Path, made: list[str]) -> None:
    environment.prepare()
    environment.prepare()
    assert made == ["made"]


@pytest.mark.parametrize("file", ["lock.txt", "pyproject.toml"])
def test_it_is_made_again_when_its_sources_change(project: Path, made: list[str], file: str) -> None:
    environment.prepare()
    (project / file).write_text("changed\n")
    environment.prepare()
    assert made == ["made", "made"]


def test_it_is_made_again_when_something_of_it_is_gone(project: Path, made: list[str]) -> None:
    environment.prepare()
    (project / ".venv" / "bin" / "rmdesk").unlink()
    environment.prepare()
    assert made == ["made", "made"]


def test_a_link_to_another_environment_is_used_as_it_is(project: Path, made: list[str], tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "bin").mkdir(parents=True)
    (other / "bin" / "python").touch()
    (project / ".venv").symlink_to(other)
    environment.prepare()
    assert made == []


def test_a_link_that_leads_nowhere_is_told(project: Path, made: list[str], tmp_path: Path) -> None:
    (project / ".venv").symlink_to(tmp_path / "gone")
    with pytest.raises(SystemExit, match="leads nowhere"):
        environment.prepare()


def test_what_runs_inside_may_write_byte_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    own = environment.child_environment(QT_QPA_PLATFORM="offscreen")
    assert "PYTHONDONTWRITEBYTECODE" not in own
    assert "PYTHONPATH" not in own
    assert own["QT_QPA_PLATFORM"] == "offscreen"
