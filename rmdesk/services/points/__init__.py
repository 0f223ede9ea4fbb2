"""Points: a ledger of what was earned, redeemed, expired and corrected; the balance is its sum."""
