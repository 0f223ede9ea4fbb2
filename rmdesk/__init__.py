"""rmdesk: the desk of a bank relationship manager."""

__version__ = "0.1.0"
