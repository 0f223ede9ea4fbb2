"""Where a client stands in the method: group, Money-Authority-Need with hints, and what is asked next."""
