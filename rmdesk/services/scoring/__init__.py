"""The points of the care priority: pure rules over whole columns, and the tables they read."""
