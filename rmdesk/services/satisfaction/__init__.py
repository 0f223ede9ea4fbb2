"""What clients answer when asked how satisfied they are, beside what their loyalty says."""
