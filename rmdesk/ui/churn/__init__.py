"""Who may leave, who has left, and what that teaches."""
