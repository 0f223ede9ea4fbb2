"""What a team does together: reviews and what is added to them, figures of the members."""
