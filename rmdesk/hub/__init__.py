"""The team hub: keeps the records of all books in PostgreSQL, orders what desks tell it, and tells it to the others."""
