"""Payment channels by x402 `batch-settlement`: one deposit, thousands of calls, one claim.

The buyer deposits into the settlement contract and signs, with each call, a voucher for the sum of
all calls so far. The provider keeps the last voucher and claims when it is worth the gas.
"""
