"""Campaigns: the list, who is called next, the gates, and the forms."""
