"""Whether a profile is well, what can be mended, and what is saved of a file that is not."""
