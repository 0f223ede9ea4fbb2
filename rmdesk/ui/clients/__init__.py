"""The table of clients and the file of one client."""
