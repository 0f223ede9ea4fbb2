"""Finding a client while typing: by name, pinyin, initials, phone and client number, from memory."""
