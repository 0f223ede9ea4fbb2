"""The settings page, derived from the declared settings."""
