"""What each node's update was worth to a round, by Shapley values."""
