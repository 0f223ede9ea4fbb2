"""Maintenance journals, and the playbook cards that a good insight becomes."""
