"""Clients go from one book to another: asked for by one, confirmed by another, done in one transaction."""
