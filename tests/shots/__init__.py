"""Pictures of every screen: `python3 dev.py shots`."""
