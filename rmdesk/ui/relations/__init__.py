"""The people around a client: the tab of the file, the picture of the network, the forms."""
