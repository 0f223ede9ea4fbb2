"""Products: cards, who may be offered what, maturities and their plans, the next product, assets held elsewhere."""
