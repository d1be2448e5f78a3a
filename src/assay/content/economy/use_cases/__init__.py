"""What people do to earn and to pay for content: one function for each intent."""
