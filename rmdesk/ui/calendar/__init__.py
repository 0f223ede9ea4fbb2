"""The calendar page: month, week and list, and what can be done on a day."""
