"""Journals and the playbook on the screen."""
