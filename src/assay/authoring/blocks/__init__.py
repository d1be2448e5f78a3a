"""Building blocks: parts of a specification become parts of one program."""
