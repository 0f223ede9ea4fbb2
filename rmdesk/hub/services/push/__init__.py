"""Taking in what desks did: one batch, one transaction, an answer for each record."""
