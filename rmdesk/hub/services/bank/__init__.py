"""The bank's load: exports in, facts in the books of those who look after the clients."""
