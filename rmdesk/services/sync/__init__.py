"""Following the team hub: what it must hear, what it tells, and where the two differ."""
