"""What hostile nodes send: the attacks that robust rules are held against."""
