"""The screens of gifts: register, dialog with the three gates, and the tab in a client's file."""
