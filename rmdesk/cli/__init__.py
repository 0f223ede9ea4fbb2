"""The command line: the same services as the window, for scripts and for checks.

One file per group of commands, each with `register(subparsers)` and `run(args, context) -> int`; a group imports
what it needs inside `run`, so that a command starts as fast as what it uses.
"""
