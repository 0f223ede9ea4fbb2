"""What can be said of any window by looking at it: how a screen reader, a large text and weak eyes find it."""
