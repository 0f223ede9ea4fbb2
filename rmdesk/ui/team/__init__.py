"""The page of a team lead: what waits to be looked at, the team's coverage, what was said."""
