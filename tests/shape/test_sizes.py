"""Files stay short enough to be read."""

from __future__ import annotations

import pytest

from tools import sizes


@pytest.mark.parametrize("folder", sizes.FOLDERS)
def test_no_file_is_longer_than_one_sitting(folder: str) -> None:
    assert sizes.LONGEST <= 400
    assert not sizes.measure(folder).too_long


@pytest.mark.parametrize("folder", sizes.FOLDERS)
def test_half_of_the_files_are_small_and_nine_of_ten_are_not_long(folder: str) -> None:
    measured = sizes.measure(folder)
    print(f"{folder}: median {measured.middle:.0f} lines, nine of ten under {measured.tenth_longest:.0f}")
    assert measured.middle <= (90 if folder == "rmdesk" else 100)  # tests and tools tell a story in one place
    assert measured.tenth_longest <= 250
