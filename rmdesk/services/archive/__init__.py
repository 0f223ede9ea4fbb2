"""Everything of a profile in one encrypted file that other tools can read, and back again (docs/archive.md)."""
