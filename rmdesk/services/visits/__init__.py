"""Visits of every channel, the promises made in them, and the tasks that follow."""
