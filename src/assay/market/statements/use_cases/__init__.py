"""What people do with statements: make one from the book, check one that was sent."""
