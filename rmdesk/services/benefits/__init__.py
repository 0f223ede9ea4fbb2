"""Benefits with yearly counts: who has a right to how many, and what was used."""
