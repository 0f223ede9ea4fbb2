"""Days that come back: birthdays, anniversaries, festivals, in the solar and in the lunar calendar."""
