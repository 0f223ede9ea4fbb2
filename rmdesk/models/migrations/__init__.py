"""Schema history. `HEAD` is the revision this program writes; services/store/migrate brings a file to it."""

HEAD = "0004"
