"""Photos and files of a record, kept inside the encrypted file."""
