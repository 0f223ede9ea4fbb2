"""kill -9 at random moments, in real processes that write real files: `python3 dev.py kill`, and some in every run."""
