"""Clients: the table, the client file, and what the desk may change of them."""
