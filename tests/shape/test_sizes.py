"""Files stay short enough to be read."""

from __future__ import annotations

import pytest

from tools import sizes


@pytest.mark.parametrize("folder", sizes.FOLDERS)
def test_no_file_is_longer_than_one_sitting(folder: str) -> None:
    assert not sizes.measure(folder).too_long


def test_the_program_is_made_of_small_files() -> None:
    measured = sizes.measure("rmdesk")
    print(f"median {measured.middle:.0f} lines, nine of ten under {measured.tenth_longest:.0f}")
    assert measured.middle <= 120
    assert measured.tenth_longest <= 300
