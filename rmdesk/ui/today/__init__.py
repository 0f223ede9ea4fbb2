"""Today: whom to care for, why, and what else the day holds."""
