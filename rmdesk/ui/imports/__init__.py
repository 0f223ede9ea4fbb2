"""Taking in what the bank's data team sends: choose, look, check, import; and the imports of before."""
