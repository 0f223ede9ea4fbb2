"""Tests, in the same folders as what they try."""

import os
import sys

# Without byte code each process of a run, and there are hundreds, compiles rmdesk and its tests again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
