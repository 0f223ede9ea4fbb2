"""Photos and files of a record: the strip that every form and tab may carry, and the viewer."""
