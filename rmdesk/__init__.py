"""rmdesk: the desk of a bank relationship manager."""

import os

# numpy's library for matrices would start a thread for each processor, 30 ms of the start, and nothing here multiplies.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
