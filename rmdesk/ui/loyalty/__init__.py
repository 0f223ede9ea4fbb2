"""Loyalty on the screen: Pareto, the map with satisfaction, the silent loyal, time against value, RFM."""
