"""What desk and hub share, and nothing else: which records travel, how they merge, and what is said over the wire."""
