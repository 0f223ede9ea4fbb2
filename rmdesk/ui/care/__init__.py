"""What several screens show of the care priority: receipts, and the words and colours of the kinds."""
