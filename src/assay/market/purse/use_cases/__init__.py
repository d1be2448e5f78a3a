"""What a payer may want of its channels, one function each."""
