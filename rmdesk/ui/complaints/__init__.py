"""Complaints, feedback and satisfaction on the screen."""
