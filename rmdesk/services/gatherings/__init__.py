"""Events for clients: who is invited, who came, what it cost and what came of it."""
