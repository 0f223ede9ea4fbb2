"""Insights: the figures of a portfolio over time, each with the clients it is made of."""
