"""The calendar: occasions, visits, promises, tasks, gifts to prepare and maturities, day by day."""
