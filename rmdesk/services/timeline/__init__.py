"""Everything that happened with a client, as one list out of all features."""
