"""The real thing under the fuzz: encrypted desks, a real hub over a real PostgreSQL, and a proxy between them that
loses, repeats, delays and cuts. What happens follows from a seed; every word typed is a token that must be found again.
"""
