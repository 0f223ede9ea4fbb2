"""Between the network and the services: the hub's own words, how often somebody may ask, the bank's sign-in."""
