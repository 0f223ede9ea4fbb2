"""The Chinese texts: joins the parts of a language into one catalogue, and says what is missing.

    python -m tools.catalogues            what is missing, per feature
    python -m tools.catalogues compile    write the .mo file of every language

Translations lie in `resources/locale/<language>/parts/<feature>.po`, one small file per feature. Babel is loaded
only when there is something to do, so that asking "is it fresh?" costs nothing.
"""

from __future__ import annotations

import ast
import os
import string
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
LANGUAGES = ("zh_CN",)
DOMAIN = "rmdesk"
# `phrase` carries its parameters beside the message; `plural` has a form for one and a form for many.
KEYWORDS = {"_": 1, "N_": 1, "phrase": 1, "plural": 2}  # how many of the arguments are texts

Text = str | tuple[str, str]  # one form, or (one, many)


@dataclass(slots=True)
class State:
    """How complete one language is."""

    language: str
    wanted: dict[Text, list[str]]
    missing: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # feature -> (text, place)
    wrong: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.missing and not self.wrong


def parts(language: str) -> list[Path]:
    """The part files of a language, by name."""
    return sorted((LOCALE / language / "parts").glob("*.po"))


def compiled(language: str) -> Path:
    """Where gettext looks for the catalogue."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def is_stale(language: str) -> bool:
    """Whether a part is newer than the catalogue, or parts came or went."""
    made, pieces = compiled(language), parts(language)
    if not pieces:
        return False
    if not made.exists():
        return True
    newest = max(path.stat().st_mtime_ns for path in [*pieces, pieces[0].parent])
    return newest > made.stat().st_mtime_ns


def compile_stale() -> list[Path]:
    """Write the catalogue of each language whose parts are newer; the files written."""
    return [write(language) for language in LANGUAGES if is_stale(language)]


def write(language: str) -> Path:
    """Join the parts and write the catalogue; a half-written file is never seen."""
    from babel.messages.mofile import write_mo

    catalogue, _ = join(language)
    made = compiled(language)
    made.parent.mkdir(parents=True, exist_ok=True)
    unfinished = made.with_name(f"{made.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(made)
    return made


def join(language: str) -> tuple[Catalog, list[str]]:
    """All parts as one catalogue, and what contradicts itself; of two translations the first is kept."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    joined = Catalog(locale=language, domain=DOMAIN, charset="utf-8", fuzzy=False)
    wrong: list[str] = []
    source: dict[Text, str] = {}
    for path in parts(language):
        with path.open("rb") as file:
            part = read_po(file, locale=language, charset="utf-8", abort_invalid=True)
        for message in part:
            text = _text(message)
            if not message.id:
                continue
            known = joined.get(message.id if isinstance(message.id, str) else message.id[0])
            if known is None:
                joined.add(message.id, message.string, flags=message.flags)
                source[text] = path.name
            elif known.string != message.string:
                first = source.get(_text(known), "another part")
                wrong.append(
                    f"two translations of {text!r}: {known.string!r} in {first}, {message.string!r} in {path.name}"
                )
    return joined, wrong


def wanted() -> dict[Text, list[str]]:
    """Every text in the code, with the places it is used in (`rmdesk/ui/x.py:12`).

    Raises ValueError where a text is put together at run time: no catalogue could hold it.
    """
    found: dict[Text, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "rmdesk").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for line, text in _marked(ast.parse(path.read_text(encoding="utf-8")), place):
            found[text].append(f"{place}:{line}")
    return dict(found)


def _marked(tree: ast.Module, place: str) -> Iterator[tuple[int, Text]]:
    """The texts of one file, in the order of the code. The syntax tree shows those inside f-strings too."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = node.args[: KEYWORDS.get(name, 0)]
        if any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in given):
            raise ValueError(f"{place}:{node.lineno}: {name}() of a text put together at run time")
        forms = [argument.value for argument in given if isinstance(argument, ast.Constant) and argument.value]
        if len(forms) == 1 and isinstance(forms[0], str):
            yield node.lineno, forms[0]
        elif len(forms) == 2:
            yield node.lineno, (str(forms[0]), str(forms[1]))


def state(language: str, texts: dict[Text, list[str]] | None = None) -> State:
    """What a language lacks: texts without a translation, lost parameters, texts nobody uses any more."""
    texts = wanted() if texts is None else texts
    catalogue, wrong = join(language)
    found = State(language, texts, wrong=wrong)
    have = {_text(message): message for message in catalogue if message.id}
    missing: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for text, places in texts.items():
        message = have.get(text)
        if message is None or message.fuzzy or not all(_forms(message.string)):
            missing[feature_of(places[0])].append((_shown(text), places[0]))
        else:
            found.wrong += _lost_parameters(text, message)
    found.missing = dict(sorted(missing.items()))
    found.wrong += [f"nobody uses {_shown(text)!r} any more" for text in have if text not in texts]
    return found


def feature_of(place: str) -> str:
    """The feature a place in the code belongs to: `rmdesk/services/care/rules.py:3` is of `care`."""
    steps = place.rsplit(":", 1)[0].split("/")
    layered = steps[1] in ("services", "ui")
    step = steps[2] if layered else steps[1]
    return step.removesuffix(".py")


def parameters(text: str) -> set[str]:
    """The names in braces of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _lost_parameters(text: Text, message: Message) -> Iterator[str]:
    needed = set().union(*(parameters(form) for form in _forms(text)))
    for form in _forms(message.string):
        try:
            given = parameters(form)
        except ValueError as error:
            yield f"{_shown(text)!r}: its translation has unbalanced braces ({error})"
            continue
        if given != needed:
            yield f"{_shown(text)!r} has the parameters {sorted(needed)}, its translation {sorted(given)}"


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def _text(message: Message) -> Text:
    forms = _forms(message.id)
    return forms[0] if len(forms) == 1 else (forms[0], forms[1])


def _shown(text: Text) -> str:
    return text if isinstance(text, str) else text[0]


def _report(found: State) -> None:
    for feature, texts in found.missing.items():
        print(f"{feature}: {len(texts)} without {found.language}")
        for text, place in texts:
            print(f"  {place}: {text}")
    for sentence in found.wrong:
        print(f"  {sentence}")
    lacking = sum(map(len, found.missing.values()))
    print(f"{found.language}: {len(found.wanted)} texts, {lacking} missing, {len(found.wrong)} wrong")


def main(arguments: list[str]) -> int:
    """Compile, or report; the report's exit status is 1 when a language is not complete."""
    if arguments == ["compile"]:
        for language in LANGUAGES:
            write(language)
        return 0
    texts = wanted()
    states = [state(language, texts) for language in LANGUAGES]
    for found in states:
        _report(found)
    return 0 if all(found.complete for found in states) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
