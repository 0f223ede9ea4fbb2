"""Group clients: who belongs together, what the bank is exposed to, how near the limits that is."""
