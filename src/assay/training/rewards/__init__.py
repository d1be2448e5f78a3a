"""What nodes earn: the reward formula, quality of data, payouts of a round, and claims."""
