"""The frame that pages live in: window, navigation, search, command palette, errors, status line."""
