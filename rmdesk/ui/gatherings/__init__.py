"""Events and clubs on the screen: events with their guests, clubs, benefits and points."""
