"""Group clients: the tree, how near the limits, a deal weighed at the table."""
