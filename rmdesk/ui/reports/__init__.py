"""Reports on the screen: choose, read, print, save, and those that were made by themselves."""
