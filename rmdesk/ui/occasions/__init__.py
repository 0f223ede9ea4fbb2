"""Occasions on screen: the tab of the client file, the forms of a day, a greeting and its templates."""
