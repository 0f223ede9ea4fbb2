"""The people around a client: relationships, households, referrals, the network and the ways through it."""
