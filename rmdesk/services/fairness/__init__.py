"""Who gets the money and the time, new clients or old ones; and whether the cadences can be kept."""
