"""The language that contracts are composed in, its reference interpreter, and its two printers."""
