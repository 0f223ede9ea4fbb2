"""What dev.py is made of. Everything here is for those who work on rmdesk; nothing of it is shipped."""
