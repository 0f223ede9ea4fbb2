"""What the hub does."""
