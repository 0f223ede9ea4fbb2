"""What the hub can be asked over HTTP."""
