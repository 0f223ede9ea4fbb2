"""Nothing moves by itself, whatever the system is asked for: there is no animation to be turned off."""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).parents[2] / "rmdesk" / "ui"
MOVING = re.compile(r"\bQ(?:\w*Animation\w*|TimeLine|Movie|GraphicsOpacityEffect)\b|setEffectEnabled|setRange\(0, 0\)")


def test_no_widget_animates_and_no_bar_runs_to_and_fro() -> None:
    sources = {str(path): path.read_text(encoding="utf-8") for path in UI.rglob("*.py")}
    assert len(sources) > 300
    assert [name for name, source in sources.items() if MOVING.search(source)] == []
