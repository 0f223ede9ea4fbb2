"""Clients: who they are, how their names are read."""
