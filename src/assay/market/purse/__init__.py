"""The buyer's side of payment channels: what was deposited, signed and charged, call by call.

The purse trusts nobody: a voucher is signed only for what the purse itself knows to be owed, and
every deposit and voucher is on the disk before it leaves this machine.
"""
