"""Where a client stands: tier with movement, familiarity, the nine groups, MAN, RFM, Pareto."""
