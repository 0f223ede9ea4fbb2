"""The help: a page for each screen and each rule, with the numbers that hold here and now."""
