"""The route of a day on the screen."""
