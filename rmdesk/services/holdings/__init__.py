"""Holdings: accounts, products held, maturities and the history of balances."""
