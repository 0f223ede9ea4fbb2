"""The way of the data through the whole program, from a bank's file to the care list: `python3 dev.py walk`."""
