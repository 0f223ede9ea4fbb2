"""What can go wrong, in three kinds: refused by a rule, trouble outside, and (everything else) a bug.

Both kinds carry a message and what to do about it, as untranslated texts with parameters; they are
translated once, at the edge that shows them.
"""

from __future__ import annotations

from rmdesk.base.text import _, sentences


class Known(Exception):
    """A failure that a person can be told about, with a code for scripts.

    `guide` names the rule of the help that it comes from (resources/guide/rules.toml): whoever shows it offers that.
    """

    def __init__(
        self, message: str, *, do: str = "", code: str = "", field: str = "", guide: str = "", **params: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.do = do
        self.code = code or type(self).__name__.lower()
        self.field = field
        self.guide = guide
        self.params = params

    @property
    def said(self) -> str:
        """The message in the language in use."""
        return _(self.message).format(**self.params)

    @property
    def advice(self) -> str:
        """What to do about it, in the language in use; may be empty."""
        return _(self.do).format(**self.params) if self.do else ""

    @property
    def whole(self) -> str:
        """Both as one text, as it stands beside a field."""
        return sentences(self.said, self.advice)

    def __str__(self) -> str:
        return self.message.format(**self.params)


class Refused(Known):
    """The input, or a rule of the bank, does not allow it; `field` names the field to show it beside."""


class Trouble(Known):
    """The world outside (disk, file, keyring, network) did not play along; trying again may help."""


class Cancelled(Exception):
    """The user stopped the work; nothing of it was kept."""
