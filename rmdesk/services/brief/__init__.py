"""The visit brief: what to know of a client before a visit, put together from all features, on one page."""
