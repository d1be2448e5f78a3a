"""What a specification leaves open, as questions, and the answers to them."""
