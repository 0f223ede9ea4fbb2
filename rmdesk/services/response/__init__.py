"""Whom to call first when something is offered: an order by points, each with its reason."""
