"""`campaign` tells campaigns, what came of them, whom to call next, and who passes which gate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rmdesk.base import clock
from rmdesk.cli.main import main
from rmdesk.models.kinds import TouchOutcome
from rmdesk.services.store import profile
from tests.services.campaigns.arrange import people
from tests.services.campaigns.test_commands import SELL, running, touch
from tests.services.care.arrange import TODAY
from tests.support.profiles import PASSPHRASE

Asked = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("made") / "desk"
    clock.fix(TODAY)
    with closing(profile.create(made, who="李慧", passphrase=PASSPHRASE)) as store:
        known = people(store)
        touch(store, running(store), known["easy"], TouchOutcome.BOUGHT, amount_minor=20_000_000)
    return made


@pytest.fixture
def asked(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Asked:
    monkeypatch.setenv("RMDESK_PASSPHRASE", PASSPHRASE)

    def answer(*arguments: str) -> tuple[int, str, str]:
        status = main(["--profile", str(folder), "--date", TODAY.isoformat(), "--lang", "en", "campaign", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return answer


def test_campaigns_answer_in_the_agreed_keys(asked: Asked) -> None:
    status, out, _err = asked("list", "--json")
    [one] = json.loads(out)["campaigns"]
    assert (status, one["name"], one["state"], one["targets"], one["bought"]) == (0, SELL.name, "running", 3, 1)
    told = json.loads(asked("show", SELL.name, "--json")[1])
    assert (told["funnel"]["conversion"], told["funnel"]["profit_minor"]) == (1.0, 100_000)
    assert [gate["gate"] for gate in told["gates"]] == ["all", "reach", "segments", "product", "man", "soft"]
    rows = json.loads(asked("targets", SELL.name, "--json")[1])["targets"]
    assert [row["place"] for row in rows] == [1, 2, None]
    assert rows[2]["code"] == "ended"
    gates = json.loads(asked("gates", "--purpose", "wake", "--json")[1])["gates"]
    assert all(sum(fall["count"] for fall in gate["fell"]) >= 0 for gate in gates)


def test_a_person_reads_who_fell_out_and_why(asked: Asked) -> None:
    for words, told in (
        (("list",), "Running"),
        (("show", SELL.name), "Consent to marketing withdrawn"),
        (("targets", SELL.name), "Done"),
        (("gates", "--purpose", "sell"), "MAN to be asked first"),
    ):
        status, out, _err = asked(*words)
        assert status == 0
        assert told in out


def test_what_is_not_there_is_said(asked: Asked) -> None:
    for words in (("show", "none"), ("targets",), ("gates",)):
        status, _out, err = asked(*words)
        assert status == 2
        assert err
