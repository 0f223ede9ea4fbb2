"""Loyalty beside satisfaction, who is loyal and silent, who holds how much, and where the time goes."""
