"""What is kept: one file per feature. `kinds` holds the plain vocabulary and may be imported from anywhere below ui;
the other modules are SQLAlchemy models, loaded only when something is written or migrated."""
