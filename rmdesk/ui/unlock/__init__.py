"""Before the data is open: first run, and unlocking."""
