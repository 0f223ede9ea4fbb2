"""What is missing on a machine is found, and the right line is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tools import system


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Makes a Linux machine with these libraries; gives the list of what was installed."""

    def make(
        *,
        libraries: set[str],
        root: bool,
        debian: bool = True,
        accessible: bool = True,
        without: tuple[str, ...] = (),
    ) -> list[list[str]]:
        installed: list[list[str]] = []

        def install(names: list[str], *, lists: bool = True) -> bool:
            if {*names} & {*without}:
                return False  # as apt does: none of them
            installed.append(list(names))
            return True

        monkeypatch.setattr(system.sys, "platform", "linux")
        monkeypatch.setattr(system.os, "geteuid", lambda: 0 if root else 1000, raising=False)
        monkeypatch.setattr(system, "_libraries", lambda: libraries)
        monkeypatch.setattr(system, "_has_chinese_font", lambda: True)
        monkeypatch.setattr(system, "has_accessibility", lambda: accessible)
        monkeypatch.setattr(system, "has_screen", lambda: True)
        monkeypatch.setattr(system, "is_debian", lambda: debian)
        monkeypatch.setattr(system, "apt_install", install)
        return installed

    return make


ALL = {*system.DRAWING, *system.X11}


def test_nothing_is_done_on_a_complete_machine(machine: Callable[..., list[list[str]]]) -> None:
    assert machine(libraries=ALL, root=True) == []
    system.prepare()


def test_root_installs_exactly_what_is_missing(machine: Callable[..., list[list[str]]]) -> None:
    installed = machine(libraries=ALL - {"libEGL.so.1", "libxcb-icccm.so.4"}, root=True)
    system.prepare(also={"Python's venv module": "python3.11-venv"})
    assert sorted(installed[0]) == ["libegl1", "libxcb-icccm4", "python3.11-venv"]


def test_others_are_told_the_line_and_it_ends_there(
    machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    installed = machine(libraries=ALL - {"libEGL.so.1"}, root=False)
    with pytest.raises(SystemExit) as ended:
        system.prepare()
    assert ended.value.code == 1
    assert installed == []
    assert "apt-get install -y --no-install-recommends libegl1\n" in capsys.readouterr().err


def test_what_only_windows_on_a_screen_need_is_named_but_stops_nothing(
    machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    machine(libraries=ALL - {"libxcb-icccm.so.4"}, root=False)
    system.prepare()
    assert "libxcb-icccm4" in capsys.readouterr().err


def test_what_a_screen_reader_needs_is_installed_for_the_test_that_plays_one(
    machine: Callable[..., list[list[str]]],
) -> None:
    installed = machine(libraries=ALL, root=True, accessible=False)
    system.prepare()
    assert {*system.ACCESSIBILITY} <= {*installed[0]}


def test_a_package_that_is_not_to_be_had_keeps_back_no_other(
    machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    installed = machine(
        libraries=ALL - {"libEGL.so.1", "libxcb-icccm.so.4"}, root=True, accessible=False, without=("at-spi2-core",)
    )
    system.prepare()
    assert sorted(installed) == [["dbus"], ["libegl1"], ["libxcb-icccm4"]]
    told = capsys.readouterr().err
    assert "--no-install-recommends at-spi2-core\n" in told
    assert "no screen reader can be played" in told


def test_without_what_a_window_needs_it_ends_even_for_root(machine: Callable[..., list[list[str]]]) -> None:
    machine(libraries=ALL - {"libEGL.so.1"}, root=True, without=("libegl1",))
    with pytest.raises(SystemExit):
        system.prepare()


def test_elsewhere_the_libraries_are_named(
    machine: Callable[..., list[list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    installed = machine(libraries=ALL - {"libEGL.so.1"}, root=True, debian=False)
    with pytest.raises(SystemExit):
        system.prepare()
    assert installed == []
    assert "libEGL.so.1" in capsys.readouterr().err
