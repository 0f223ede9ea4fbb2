"""Takes pictures of every screen in every language, theme and size.

python -m tests.shots --profile DEMO [PAGE ...] [--languages zh_CN,en,pseudo] [--themes light,dark]
                      [--sizes 1180x720,1440x900] [--date YYYY-MM-DD] [--out shots]
python -m tests.shots --profile DEMO --few    (each page once, and some in English and dark)
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from rmdesk.app import App, Args, build
from rmdesk.base import clock
from rmdesk.ui.kit.theme import Scheme, theme
from rmdesk.ui.shell import looks
from rmdesk.ui.shell.routes import ROUTES
from tests.shots import sheet
from tests.shots.scenes import Scene, picture, scenes
from tools import catalogues

LOOK, LOOKS = 0.015, 8  # seconds between two looks, and how many must find the window at rest
PATIENCE = 30.0
SOON_MS = 200  # what waits no longer than this belongs to the picture
WIDEST = 8  # pictures side by side on the sheet
Round = tuple[str, str, str, list[Scene]]  # language, theme, size, and what is taken in them
FEW_SIZE = "1440x900"
FEW = (("zh_CN", "dark", ("today", "client")), ("en", "light", ("today", "clients")))  # after each page once


def main() -> int:
    """Take the pictures; 1 when a page did not come to rest."""
    args = _arguments()
    catalogues.compile_stale()  # else yesterday's texts would be in the pictures
    if args.date:
        clock.fix(date.fromisoformat(args.date))
    out = Path(args.out)
    for old in out.glob("*.png"):
        old.unlink()
    out.mkdir(parents=True, exist_ok=True)
    _wide_screen(out)
    app = build(Args(profile=args.profile, language=args.languages.split(",")[0]))
    app.show()
    _opened(app)
    rounds = _rounds(args, scenes(_busiest_client(app), args.file))
    taken = list(_take_all(app, rounds, args.text, out))
    sheet.draw(taken, min(len(rounds[0][3]), WIDEST), out / "contact-sheet.png")
    app.stop()
    print(f"{len(taken)} pictures in {out}/, all together in {out / 'contact-sheet.png'}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.shots", description="Take pictures of every screen.")
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--languages", default="zh_CN,en,pseudo")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--sizes", default="1440x900,1180x720")
    parser.add_argument("--text", type=int, default=100, help="size of text in percent, 100 to 150")
    parser.add_argument("--file", type=Path, action="append", default=[], help="what is imported in the pictures")
    parser.add_argument("--date")
    parser.add_argument("--few", action="store_true", help="each page once, and some in English and dark")
    parser.add_argument("--out", default="shots")
    return parser.parse_args()


def _wide_screen(folder: Path) -> None:
    """Without a display Qt supposes one of 800 x 800, into which it would push menus and dialogs."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        screen = {"name": "shots", "x": 0, "y": 0, "width": 1920, "height": 1200, "logicalDpi": 96, "dpr": 1}
        file = folder / "screen.json"
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


def _rounds(args: argparse.Namespace, known: list[Scene]) -> list[Round]:
    """What is taken, in its order: a change of language or theme costs more than a picture."""
    if args.few:
        pages = [(args.languages.split(",")[0], "light", tuple(one.name for one in ROUTES))]
        first = {scene.name: scene for scene in reversed(known)}  # some pages have a second scene of their name
        return [
            (language, scheme, FEW_SIZE, [first[name] for name in names]) for language, scheme, names in (*pages, *FEW)
        ]
    chosen = [scene for scene in known if not args.pages or scene.name in args.pages]
    wanted = product(args.languages.split(","), args.themes.split(","), args.sizes.split(","))
    return [(language, scheme, size, chosen) for language, scheme, size in wanted]


def _take_all(app: App, rounds: list[Round], percent: int, out: Path) -> Iterator[tuple[str, Path]]:
    count, spoken = sum(len(chosen) for *_, chosen in rounds), ""
    number = 0
    for language, scheme, size, chosen in rounds:
        if language != spoken:
            spoken = language
            looks.use_language(language)
            app.parts.desk.rebuild()
            app.parts.session._read_user()  # the role beside the name
        theme.use(Scheme(scheme), percent)
        app.window.resize(*map(int, size.split("x")))
        for scene in chosen:
            number += 1
            label = f"{scene.name} {language} {scheme} {size}"
            print(f"picture {number} of {count}: {label}", flush=True)
            path = out / f"{label.replace(' ', '-')}.png"
            _take(app, scene, path, (Scheme(scheme), percent))
            yield label, path


def _take(app: App, scene: Scene, path: Path, look: tuple[Scheme, int]) -> None:
    app.window.toast.hide()
    app.parts.start.idle.touch()  # else the desk locks itself between two pictures
    for step in scene.steps:
        step(app)
        _settle(app)
        if (theme.scheme, theme.percent) != look:  # a step that changed a setting brought back the look that is kept
            theme.use(*look)
            _settle(app)
    picture(app).save(str(path))
    scene.clear(app)
    _settle(app)


def _settle(app: App) -> None:
    """Let the window work until several short looks in a row find nothing to do."""
    began, quiet = time.monotonic(), 0
    while quiet < LOOKS:
        looked = time.monotonic()
        app.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        busy = bool(app.parts.tasks.running) or _soon(app) or time.monotonic() - looked > 2 * LOOK
        quiet = 0 if busy else quiet + 1
        time.sleep(LOOK)
        if looked - began > PATIENCE:
            raise SystemExit(f"A page did not come to rest within {PATIENCE:.0f} s.")


def _soon(app: App) -> bool:
    """Whether something is drawn anew in a moment, as charts are after the theme or the size has changed."""
    page = app.window.page()
    timers = () if page is None else page.findChildren(QTimer)
    return any(one.isActive() and one.isSingleShot() and one.interval() <= SOON_MS for one in timers)


def _opened(app: App) -> None:
    """Wait for the profile, which is opened only after the first paint."""
    began = time.monotonic()
    while app.parts.tasks.store is None and time.monotonic() - began < PATIENCE:
        app.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    _settle(app)


def _busiest_client(app: App) -> int:
    """Whose file is opened: the one of today's list with the most points."""
    from rmdesk.services.care.queries import care_day

    store = app.parts.tasks.store
    if store is None:
        raise SystemExit("The profile did not open: give a demo profile.")
    items = store.read(care_day).items
    return int(max(items, key=lambda item: item.score).client) if items else 1


if __name__ == "__main__":
    sys.exit(main())
