"""What every screen is made of: theme, page, cards, tables, forms, charts, toasts, formats."""
