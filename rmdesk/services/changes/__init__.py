"""Change records: who changed what, when, from what, to what."""
