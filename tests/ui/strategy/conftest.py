"""These screens are tried on the demo portfolio."""

from __future__ import annotations

from tests.support.demo import store as store
