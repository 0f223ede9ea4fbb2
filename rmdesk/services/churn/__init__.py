"""Who may leave: the risk of each account, clients who are lost, and what their cases teach."""
