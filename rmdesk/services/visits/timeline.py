"""What the timeline of a client tells of visits, promises and tasks."""

from __future__ import annotations
