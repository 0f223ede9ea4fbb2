"""The built program at work: each command beside the same one from source, with the same answer, and the window.

Nothing of this computer's Python may help: the program runs with an environment that names none.
"""

from __future__ import annotations

import csv
import os
import re
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from tools.environment import PYTHON, ROOT, child_environment
from tools.screen import screen

DAY = "2026-11-23"
HEAD = ("客户号", "姓名", "手机号", "生日")
ROWS = (("X901", "周文敏", "13800000001", "1980-01-02"), ("X902", "吴思远", "13800000002", "1975-10-20"))
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:郑晓岚\r\nTEL:13800000003\r\nEND:VCARD\r\n"
STAYS_S = 12  # a window that is still there after this long has started
# One line each; {files} is a folder with a file of each form, {out} one for what is written.
LINES = (
    "demo --json", "today --json", "score 刘世山 --json", "segments --json", "clients 刘 --json", "doctor --json",
    "import {files}/a.csv --json", "import {files}/b.xlsx --json", "import {files}/c.ods --json",
    "import {files}/d.parquet --json", "import {files}/e.vcf --json", "import {files}/f.xls --json",
    "occasions --json", "lunar 2026-11-23 --json", "visits --json", "promises --json", "journals --json",
    "products --json", "maturities --json", "insights --json", "capacity --json", "churn --json",
    "campaign list --json", "groups --json", "brief 刘世山 --json", "find 理财 --json",
    "brief 刘世山 --pdf {out}/brief.pdf --plain --reason 拜访",
    "report monthly --out {out}/month.pdf --plain --reason 周会", "report weekly --out {out}/week.pdf --reason 周会",
    "report monthly --out {out}/month.xlsx --reason 周会", "report book --tier T2 --out {out}/book.pdf --reason 周会",
    "backup now --json", "backup list", "backup check 1 --json", "audit --json",
    "privacy retention --json", "sync --json", "update --json", "pinyin --help", "--help", "--version",
)  # fmt: skip
REFUSED = ("sync", "update")  # as nothing is set for them
WRITTEN = ("brief.pdf", "month.pdf", "week.pdf", "month.xlsx.zip", "book.pdf")
# What differs from run to run: folders, times, sizes, sums and random names.
CHANGES = (
    (re.compile(r"/\S*rmdesk-frozen-[^/\s\"]+/(frozen|source)"), "DIR"),
    (re.compile(r"\d{8}-\d{6}\S*"), "WHEN"),
    (re.compile(r"\d{2}:\d{2}(:\d{2})?(\.\d+)?"), "TIME"),
    (re.compile(r"\b[0-9a-f]{16,}\b"), "SUM"),
    (re.compile(r'("(bytes|size|id|batch|free|pages|took|seconds|ms|sha256|name)": ?)[^,}]+'), r"\1…"),
    (re.compile(r'"value": ?\d{6,}'), "ROOM"),
    (re.compile(r"[\d.,]+ ?(kB|MB|GB|KB|ms|s|秒)\b"), "SOME"),
)


def run(program: Path) -> None:
    """Every command in words; SystemExit when one answers otherwise than from source."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rmdesk-frozen-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        write_files(folder / "files")
        sides = {"frozen": [str(program)], "source": [str(PYTHON), "-m", "rmdesk"]}
        for line in LINES:
            told = {name: answer(folder / name, command, line) for name, command in sides.items()}
            due = 2 * line.startswith(REFUSED)
            same = told["frozen"] == told["source"] and told["frozen"][0] == due
            print(f"  {line}: {'as from source' if same else 'WRONG'}", flush=True)
            if not same:
                wrong.append(f"{line}\n--- frozen: {told['frozen']}\n--- source: {told['source']}")
        wrong += [f"{name} was not written" for name in WRITTEN if not (folder / "frozen" / "out" / name).exists()]
        if answer(folder / "frozen", sides["frozen"], "hub serve")[0] != 2:
            wrong.append("the hub is not refused")
        if not window_stays(program, folder / "frozen" / "profile"):
            wrong.append("the window did not stay")
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"  {len(LINES)} commands answer as from source, and the window stays")


def answer(folder: Path, command: list[str], line: str) -> tuple[int, str]:
    """Exit status and what was said, with what differs from run to run taken out."""
    (folder / "out").mkdir(parents=True, exist_ok=True)
    words = line.format(files=folder.parent / "files", out=folder / "out").split()
    done = subprocess.run(
        [*command, "--profile", str(folder / "profile"), "--date", DAY, "--lang", "zh_CN", *words],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=300, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    said = done.stdout + done.stderr
    for pattern, instead in CHANGES:
        said = pattern.sub(instead, said)
    return done.returncode, said


def environment(folder: Path) -> dict[str, str]:
    """As on a computer without Python: no path of ours, nobody's policy, a password for what is exported."""
    kept = {name: value for name, value in child_environment().items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    return {**kept, "PATH": "/usr/bin:/bin", "RMDESK_EXPORT_PASSWORD": "Hefei-2026-desk", "HOME": str(folder)}


def window_stays(program: Path, profile: Path) -> bool:
    """Whether the window is still there after a while, on a screen of its own, and said nothing."""
    with screen() as shown:
        command = [str(program), "--profile", str(profile), "--date", DAY, "demo"]
        own = {**environment(profile.parent), **{name: os.environ[name] for name in ("DISPLAY",) if name in os.environ}}
        started = subprocess.Popen(command, env={**own, **shown}, stderr=subprocess.PIPE, text=True)
        time.sleep(STAYS_S)
        stays = started.poll() is None
        started.terminate()
        said = started.communicate(timeout=30)[1]
    if said.strip():
        print(said)
    return stays and not said.strip()


def write_files(folder: Path) -> None:
    """The same two clients in every form that is read, and a card."""
    import duckdb
    import xlsxwriter

    folder.mkdir()
    with (folder / "a.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, *ROWS])
    with xlsxwriter.Workbook(folder / "b.xlsx") as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(at, 0, row)
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in (HEAD, *ROWS)
    )
    with zipfile.ZipFile(folder / "c.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", SHEET.format(cells=cells))
    titles, values = ", ".join(HEAD), ", ".join(str(row) for row in ROWS)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM (VALUES {values}) rows({titles})) TO '{folder}/d.parquet'")
    (folder / "e.vcf").write_text(CARD, encoding="utf-8")
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (HEAD, *ROWS))
    (folder / "f.xls").write_text(f"<html><body><table>{lines}</table></body></html>", encoding="gb18030")


SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
)
