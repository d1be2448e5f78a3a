"""One function per intent of those who review content."""
