"""What is seen of the team hub: what waits for the manager's word, and how far this desk is in step."""
