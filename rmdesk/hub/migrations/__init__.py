"""The steps of the hub's schema: widen, fill, narrow; never all at once."""

HEAD = "0002"
