"""The one door out of the encrypted file: who may, what for, locked how, marked and put on record."""
