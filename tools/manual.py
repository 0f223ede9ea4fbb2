"""dev.py manual: the manuals for manager, lead and administrator, in Chinese and English, as HTML and PDF.

They are made of the help pages (resources/guide), of documents of docs/, and of pictures taken now, so they say what
the program says. Written to build/manual; `--no-pictures` leaves the pictures out.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tools.environment import ROOT

OUT = ROOT / "build" / "manual"
LANGUAGES = {"zh_CN": "zh", "en": "en"}
SIZE = "1180x720"
SECTIONS = {"zh_CN": "中文", "en": "English"}
STYLE = """
body { font-family: 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', 'Microsoft YaHei', sans-serif; color: #1b2430;
       max-width: 46em; margin: 2em auto; line-height: 1.6; }
h1, h2, h3 { color: #0f6b66; line-height: 1.25; } h2 { margin-top: 2em; border-bottom: 1px solid #e3e8ee; }
img { max-width: 100%; border: 1px solid #e3e8ee; border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid #e3e8ee; }
td.figure, th.figure { text-align: right; } code, pre { background: #f4f6f9; } pre { padding: 8px; overflow-x: auto; }
.about { color: #52606d; } .picture { line-height: 1; } .contents li { margin: 0; }
"""
ON_PAPER = """
body { margin: 0; line-height: 1.35; } h2 { margin-top: 20px; } p { margin-top: 4px; margin-bottom: 4px; }
"""
ON_PAPER_WIDE = 540
TABLE = '<table width="100%">'  # on paper the style sheet's width is not heard
# The cell of a table that names tests: a manual says only how many there are, as nobody at a bank reads their names.
NAMED_TESTS = re.compile(r"\| `tests/[^|]+ \|")
TEST = re.compile(r"`test_\w+`|`tests/[\w/]+\.py`(?!: `)")
WORDS = {
    "zh_CN": {"contents": "目录", "first": "第一步", "pages": "各页面", "rules": "各项规则", "tests": "| {} 项 |"},
    "en": {
        "contents": "Contents",
        "first": "First steps",
        "pages": "The pages",
        "rules": "The rules",
        "tests": "| tests: {} |",
    },
}


def main(arguments: list[str]) -> int:
    """Make all manuals."""
    parser = argparse.ArgumentParser(prog="dev.py manual", description=__doc__)
    parser.add_argument("--no-pictures", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--profile", type=Path, help="a demo profile; without it one is made")
    args = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tools.verbs import demo_profile

    if args.profile is not None:
        make(args.profile, args.out, pictures=not args.no_pictures)
        return 0
    with demo_profile() as profile:
        make(profile, args.out, pictures=not args.no_pictures)
    return 0


def make(profile: Path, out: Path, *, pictures: bool) -> list[Path]:
    """Write every manual in every language; gives the files."""
    from PySide6.QtWidgets import QApplication

    from rmdesk.base import text
    from rmdesk.services.store import profile as profiles

    application = QApplication.instance() or QApplication(["manual"])
    out.mkdir(parents=True, exist_ok=True)
    told = plan()
    if pictures:
        shoot(profile, out / "pictures", sorted({picture_of(name) for one in told for name in one["screens"]}))
    made = []
    store = profiles.open_demo(profile)
    try:
        for language in LANGUAGES:
            text.use(language)
            for one in told:
                content = store.read(whole, one, language, out)
                path = out / f"{one['name']}-{language}.html"
                path.write_text(content, encoding="utf-8")
                as_pdf(content, path)
                made += [path, path.with_suffix(".pdf")]
                print(path.with_suffix(".pdf"))
    finally:
        store.close()
    del application
    return made


def plan() -> list[dict[str, Any]]:
    """Which manuals there are."""
    with (ROOT / "resources" / "guide" / "manual.toml").open("rb") as file:
        return list(tomllib.load(file)["manual"])


def picture_of(screen: str) -> str:
    """The scene that shows a page: what it shows to whom it is for."""
    return {"team": "team-queue"}.get(screen, screen)


def shoot(profile: Path, folder: Path, screens: list[str]) -> None:
    """Pictures of these pages in both languages."""
    told = ("--languages", ",".join(LANGUAGES), "--themes", "light", "--sizes", SIZE, "--out", str(folder))
    subprocess.run(
        [sys.executable, "-m", "tests.shots", "--profile", str(profile), *told, *screens], cwd=ROOT, check=True
    )


def whole(reads: Any, one: dict[str, Any], language: str, out: Path) -> str:
    """One manual as HTML."""
    from rmdesk.services.guide import topics

    said, short = WORDS[language], LANGUAGES[language]
    parts: list[str] = []
    if one["first"]:
        parts.append(
            f"<h2>{said['first']}</h2><ol>{''.join(f'<li>{_plain(step[short])}</li>' for step in one['first'])}</ol>"
        )
    if one["screens"]:
        parts.append(f"<h2>{said['pages']}</h2>")
    for name in one["screens"]:
        picture = f"pictures/{picture_of(name)}-{language}-light-{SIZE}.png"
        title = _plain(topics.screens()[name].title.said)
        shown = f'<p class="picture"><img src="{picture}" width="680" alt="{title}"></p>'
        parts.append(f"<h3>{title}</h3>")
        parts += of_blocks(topics.of_screen(name))
        parts.append(shown if (out / picture).exists() else "")
    parts += [of_document(ROOT / "docs" / name, language) for name in one.get("documents", ())]
    if one["rules"]:
        parts.append(f"<h2>{said['rules']}</h2>")
    for name in one["rules"]:
        parts.append(f"<h3>{_plain(topics.rules()[name].title.said)}</h3>")
        parts += of_blocks(topics.of_rule(reads, name))
    heads = re.findall(r"<h2>(.*?)</h2>", "".join(parts))
    contents = "".join(f"<li>{head}</li>" for head in heads)
    return (
        f'<!doctype html><html lang="{short}"><head><meta charset="utf-8"><title>{_plain(one["title"][short])}</title>'
        f"<style>{STYLE}</style></head><body><h1>{_plain(one['title'][short])}</h1>"
        f'<p class="about">{_plain(one["about"][short])}</p>'
        f'<p>{said["contents"]}</p><ul class="contents">{contents}</ul>'
        f"{''.join(parts)}</body></html>"
    )


def of_blocks(blocks: Iterable[Any]) -> Iterator[str]:
    """The blocks of a help page as HTML."""
    from rmdesk.services.documents.blocks import Paragraph, TableBlock, said

    for block in blocks:
        if isinstance(block, Paragraph):
            kind = ' class="about"' if block.soft else ""
            yield f"<p{kind}>{_plain(said(block.text))}</p>"
        elif isinstance(block, TableBlock):
            rows = [(block.head, "th"), *((row, "td") for row in block.rows)]
            yield f"{TABLE}{''.join(f'<tr>{_cells(row, tag, block)}</tr>' for row, tag in rows)}</table>"
        else:
            raise TypeError(f"no way to write a {type(block).__name__}")


def of_document(path: Path, language: str) -> str:
    """A document of docs/ as HTML: the one in this language beside it, or only the part in it where it has both."""
    from markdown_it import MarkdownIt

    own = path.with_suffix(f".{language}{path.suffix}")
    text = (own if own.exists() else path).read_text(encoding="utf-8")
    both = all(f"\n## {head}" in text for head in SECTIONS.values())
    if both:
        title, *rest = re.split(r"\n(?=## )", text)
        keep = [part for part in rest if part.startswith(f"## {SECTIONS[language]}")]
        keep += [part for part in rest if not part.startswith(tuple(f"## {head}" for head in SECTIONS.values()))]
        halves = title.lstrip("# ").split(" / ")
        head = halves[0 if language == "zh_CN" else -1].strip()
        text = f"# {head}\n" + "\n".join(part.split("\n", 1)[1] if part in keep[:1] else part for part in keep)
    text = NAMED_TESTS.sub(lambda found: WORDS[language]["tests"].format(len(TEST.findall(found[0]))), text)
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return re.sub(r"<(/?)h1>", r"<\1h2>", re.sub(r"<(/?)h2>", r"<\1h3>", made)).replace("<table>", TABLE)


def as_pdf(content: str, beside: Path) -> None:
    """The same as PDF, A4."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

    writer = QPdfWriter(str(beside.with_suffix(".pdf")))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)  # Qt leaves 2 cm on each side itself
    writer.setResolution(144)
    document = QTextDocument()
    # Printing copies the document without its base: pictures are named in full, and small enough for two on a page.
    pictures = beside.parent.absolute().as_uri() + "/pictures/"
    content = content.replace('src="pictures/', f'src="{pictures}').replace('width="680"', f'width="{ON_PAPER_WIDE}"')
    document.setHtml(content.replace(STYLE, STYLE + ON_PAPER))
    document.print_(writer)


def _cells(row: tuple[Any, ...], tag: str, block: Any) -> str:
    from rmdesk.services.documents.blocks import said

    widths = block.widths or (1,) * len(row)
    made = []
    for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
        side = ' align="right" class="figure"' if at in block.right else ""
        made.append(f'<{tag}{side} width="{100 * width // sum(widths)}%">{_plain(said(cell))}</{tag}>')
    return "".join(made)


def _plain(text: str) -> str:
    return html.escape(text)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
