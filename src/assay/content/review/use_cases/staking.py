"""Stake, and take stakes back."""

from __future__ import annotations

from assay.content.review.model import Stake
from assay.content.review.ports import ReviewAccount, ReviewReader
from assay.core.spending import BalanceTooSmall
from assay.errors import InputError


def add_stake(amount: int, *, account: ReviewAccount, reader: ReviewReader) -> Stake:
    """Stake an amount, in units; the stake as it is then.

    Raises:
        InputError: the amount is nothing.
        BalanceTooSmall: the account does not hold it.
    """
    _require_positive(amount)
    balance = reader.balance(account.address)
    if balance < amount:
        raise BalanceTooSmall(account.address, balance, amount)
    account.stake(amount)
    return reader.stake(account.address)


def take_back(amount: int, *, account: ReviewAccount, reader: ReviewReader) -> Stake:
    """Take a part of the free stake back. It can be withdrawn after the unbonding period, which
    begins anew for what is on its way already.

    Raises:
        StakeTooSmall: less is free.
    """
    _require_positive(amount)
    account.unstake(amount)
    return reader.stake(account.address)


def withdraw_stake(*, account: ReviewAccount, reader: ReviewReader) -> Stake:
    """Get what was taken back.

    Raises:
        NotWithdrawable: nothing was, or its time has not passed.
    """
    account.withdraw()
    return reader.stake(account.address)


def _require_positive(amount: int) -> None:
    if amount <= 0:
        raise InputError("An amount of stake is more than nothing.")
