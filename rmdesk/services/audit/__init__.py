"""The audit log of the desk: a chain of entries that cannot be changed unseen."""
