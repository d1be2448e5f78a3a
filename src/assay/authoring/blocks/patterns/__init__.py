"""Blocks of one pattern each: auctions, votes, sales, vesting, stakes, subscriptions, splits."""
