"""What stands around a verb, put into the fields of its clause."""
