"""How columns share the room of a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rmdesk.ui.kit.columns import CHIP, Column
from rmdesk.ui.kit.widths import spread

NAME: Column[int] = Column("name", "Name", str)
STATE: Column[int] = Column("state", "State", str, draw=CHIP)
SUM: Column[int] = Column("sum", "Sum", str, right=True)
WHY: Column[int] = Column("why", "Why", str)


def test_texts_share_what_is_to_spare_and_the_last_gets_twice_its_part() -> None:
    assert spread((NAME, SUM, STATE, WHY), (100, 80, 100, 100), 400) == [100, 0, 100, 200]


def test_a_figure_at_the_end_is_not_left_alone_at_the_far_edge() -> None:
    assert spread((NAME, SUM, SUM), (200, 100, 100), 400) == [200, 100, 100]


@given(st.lists(st.integers(40, 500), min_size=1, max_size=9), st.integers(-3000, 3000), st.booleans())
def test_never_more_is_given_than_there_is(widths: list[int], spare: int, figures: bool) -> None:
    given_out = spread([SUM if figures else NAME] * len(widths), widths, spare)
    assert all(one >= 0 for one in given_out)
    assert sum(given_out) <= max(0, spare)
