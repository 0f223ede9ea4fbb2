"""The sentences of ARCHITECTURE.md that an import contract cannot hold, each as a test named by the sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ROOT / "rmdesk"
THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "QThread", "QThreadPool", "QRunnable"}


@cache
def sources() -> dict[str, str]:
    """The text of every file of the program, by its path from the package."""
    files = sorted(CODE.rglob("*.py"))
    return {path.relative_to(CODE).as_posix(): path.read_text(encoding="utf-8") for path in files}


@cache
def tree(file: str) -> ast.Module:
    """A file of the program, parsed."""
    return ast.parse(sources()[file])


def trees(*words: str) -> Iterator[tuple[str, ast.Module]]:
    """The files that hold one of these words, parsed: parsing all takes seconds."""
    return ((file, tree(file)) for file, text in sources().items() if any(word in text for word in words))


def calls_of(method: str) -> Iterator[tuple[str, ast.Attribute]]:
    """Where a method of that name is called: file and the expression before the brackets."""
    for file, found in trees(f".{method}("):
        for node in ast.walk(found):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
                yield file, node.func


def commands() -> Iterator[tuple[str, ast.ClassDef]]:
    """Classes of the services with an `apply` that takes a unit of work."""
    for file, found in trees("def apply("):
        if not file.startswith("services/"):
            continue
        for node in ast.walk(found):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base).startswith("Protocol") for base in node.bases):
                continue
            if isinstance(node, ast.ClassDef) and any(
                isinstance(part, ast.FunctionDef)
                and part.name == "apply"
                and any(argument.arg == "work" for argument in part.args.args)
                for part in node.body
            ):
                yield file, node


def test_everything_written_is_a_frozen_command_with_a_label() -> None:
    found = list(commands())
    wrong = [
        f"{file}: {node.name}"
        for file, node in found
        if not any("dataclass(frozen=True" in ast.unparse(mark) for mark in node.decorator_list)
        or not any(isinstance(part, ast.AnnAssign) and ast.unparse(part.target) == "label" for part in node.body)
    ]
    assert found
    assert wrong == []


def test_only_perform_commits() -> None:
    committing = {file for file, _ in calls_of("commit")}
    assert committing == {"services/store/store.py"}


def names_a_thread(node: ast.AST) -> bool:
    """Whether a piece of code makes use of a class that runs something on another thread."""
    if isinstance(node, ast.ImportFrom):
        return any(alias.name in THREADS for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr in THREADS


def test_threads_exist_in_one_small_module() -> None:
    using = {file for file, found in trees(*THREADS) if any(map(names_a_thread, ast.walk(found)))}
    assert using
    assert {file for file in using if not file.startswith("ui/tasks/")} == set()


def test_nobody_calls_reload_on_anybody() -> None:
    """A page is asked to reload by the base of all pages, and by F5; everybody else performs commands."""
    callers = {file for file, called in calls_of("reload") if ast.unparse(called.value) != "self"}
    assert callers - {"ui/shell/actions.py"} == set()


def test_the_clock_is_the_only_source_of_today() -> None:
    asking = {
        file
        for method in ("today", "now", "utcnow")
        for file, called in calls_of(method)
        if ast.unparse(called.value) in ("date", "datetime", "datetime.datetime", "datetime.date")
    }
    assert asking == {"base/clock.py"}


def fetches_without_limit(function: ast.AST) -> bool:
    """Whether a function asks for all rows of a result that nothing bounds."""
    source = ast.unparse(function)
    return ".fetchall()" in source and "LIMIT" not in source


def test_no_query_fetches_everything_at_once() -> None:
    """One fetchall() of a large result holds the interpreter, and the window stands still: use `reads.pages`."""
    fetching = {
        file
        for file, found in trees(".fetchall()")
        for node in ast.walk(found)
        if isinstance(node, ast.FunctionDef) and fetches_without_limit(node)
    }
    assert {file for file in fetching if not file.startswith(("services/store/", "hub/"))} == set()
