"""Many updates into one: rules that withstand hostile nodes, the same to the bit everywhere."""
