"""Measures rmdesk, every figure beside a floor taken in the same run: `python -m bench`."""
