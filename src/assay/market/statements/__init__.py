"""Statements: what a payer was charged by a provider in a period, line by line, with the proofs.

Both sides print the same bill from their own ends: the provider from its book, the payer from what
the service sends, after checking every line by itself and the whole against the chain.
"""
