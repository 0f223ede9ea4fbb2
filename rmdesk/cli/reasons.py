"""Why the command line was not understood: what argparse says in English, in the language in use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rmdesk.base.text import N_, _

# As argparse of Python 3.11 to 3.14 says it; what stands in quotes there are the user's own words.
REASONS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", N_("{names} is missing.")),
    (r"unrecognized arguments: (?P<names>.+)", N_("{names} is not known here.")),
    (r"argument (?P<name>\S+): expected one argument", N_("{name} needs a value.")),
    (r"argument (?P<name>\S+): expected at least one argument", N_("{name} needs a value.")),
    (r"argument (?P<name>\S+): expected \d+ arguments", N_("{name} needs more values.")),
    (
        r"argument (?P<name>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)",
        N_("{name} can't be {value}; possible are {choices}."),
    ),
    (r"argument (?P<name>\S+): invalid \w+ value: '(?P<value>.*)'", N_("{name} can't be {value}.")),
    (r"argument (?P<name>\S+): not allowed with argument (?P<other>\S+)", N_("{name} and {other} exclude each other.")),
    (r"argument (?P<name>\S+): ignored explicit argument '(?P<value>.*)'", N_("{name} takes no value.")),
    (r"one of the arguments (?P<names>.+) is required", N_("One of these is missing: {names}.")),
)

NOT_AMONG = N_("{value} is not known here; possible are {choices}.")


def said(message: str, words: Mapping[str, str] | None = None) -> str:
    """A reason in the language in use; as it is where it is not known here.

    `words`: what may be written for an argument that has no name that users know, by the name argparse has for it.
    """
    words = words or {}
    for pattern, text in REASONS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            told = {
                name: value.replace("'", "") if name == "choices" else value
                for name, value in found.groupdict().items()
            }
            if told.get("name") in words:
                text = NOT_AMONG
            elif "names" in told:
                told["names"] = ", ".join(words.get(name, name) for name in told["names"].split(", "))
            return _(text).format(**told)
    return message
