"""Clubs: half-year windows of the daily-average AUM, what they propose, what was decided."""
