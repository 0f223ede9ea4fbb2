"""Visits: the form that logs one, the page of plans, log, promises, tasks and coverage, the tab of a client's file."""
