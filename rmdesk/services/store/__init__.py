"""The encrypted store: engine, keys, migrations, unit of work, commands and undo, backup."""
