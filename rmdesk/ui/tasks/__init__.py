"""Threads, and only here: one that reads, one that writes, one for long studies."""
