"""What dev.py is made of, tested."""
