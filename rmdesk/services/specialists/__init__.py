"""The specialists behind a manager (1+N): asked about a client, answering, followed up."""
