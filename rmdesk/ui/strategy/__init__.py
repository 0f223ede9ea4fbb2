"""The strategy tab of a client's file: Money-Authority-Need, campaigns, specialists."""
