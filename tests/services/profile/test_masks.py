"""What is masked can be recognised, not used."""

from __future__ import annotations

import pytest

from rmdesk.services.profile.masks import masked_email, masked_handle


@pytest.mark.parametrize(("text", "shown"), [("zhou_wm", "zh••••"), ("z", "z••••"), (None, ""), ("  ", "")])
def test_a_wechat_name(text: str | None, shown: str) -> None:
    assert masked_handle(text) == shown


@pytest.mark.parametrize(("text", "shown"), [("zhou@mail.cn", "z••••@mail.cn"), ("no-mail", "no••••"), (None, "")])
def test_an_e_mail_address(text: str | None, shown: str) -> None:
    assert masked_email(text) == shown
