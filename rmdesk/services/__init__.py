"""What is done: each feature has commands (writes), queries (reads) and rules (pure)."""
