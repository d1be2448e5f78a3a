// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IRoyaltyAccount} from "./IRoyaltyAccount.sol";

/// @dev Implementation of {IRoyaltyAccount}; made once, and cloned for each token. Its maker keeps it from being re-entered.
contract RoyaltyAccount is IRoyaltyAccount {
    using SafeERC20 for IERC20;

    uint256 private constant BASIS_POINTS = 10_000;

    /// @dev Enough for any wallet to receive ether, and too little to use up the gas of the others.
    uint256 private constant PAYMENT_GAS = 100_000;

    /// @dev What has to be there so that a payee is given all of `PAYMENT_GAS`: a call passes on 63/64 at most.
    uint256 private constant GAS_BEFORE_PAYMENT = 120_000;

    /// @dev In the code, so all clones share it.
    address private immutable _maker = msg.sender;

    mapping(IERC20 currency => mapping(bytes32 name => uint256)) private _kept;
    mapping(IERC20 currency => uint256) private _keptInAll;

    modifier onlyMaker() {
        if (msg.sender != _maker) revert RoyaltyAccountUnauthorized(msg.sender);
        _;
    }

    receive() external payable {}

    /// @inheritdoc IRoyaltyAccount
    function release(
        IERC20 currency,
        Payee[] calldata payees
    )
        external
        onlyMaker
        returns (uint256[] memory paid, uint256[] memory kept)
    {
        paid = new uint256[](payees.length);
        kept = new uint256[](payees.length);
        uint256 keptBefore = _keptInAll[currency];
        uint256 keptNow = keptBefore;
        uint256 income = Math.saturatingSub(_balance(currency), keptBefore);
        uint256 left = income;
        for (uint256 i = 0; i < payees.length; ++i) {
            Payee calldata payee = payees[i];
            uint256 amount =
                i + 1 == payees.length ? left : Math.min(left, Math.mulDiv(income, payee.bps, BASIS_POINTS));
            left -= amount;
            uint256 before = keptNow == 0 ? 0 : _kept[currency][payee.name];
            amount += before;
            if (amount == 0) continue;
            if (_tryPay(currency, payee.account, amount)) {
                paid[i] = amount;
                if (before != 0) _kept[currency][payee.name] = 0;
                keptNow -= before;
            } else {
                kept[i] = amount;
                _kept[currency][payee.name] = amount;
                keptNow += amount - before;
            }
        }
        if (keptNow != keptBefore) _keptInAll[currency] = keptNow;
    }

    /// @inheritdoc IRoyaltyAccount
    function withdraw(
        IERC20 currency,
        bytes32 name,
        address payable receiver
    )
        external
        onlyMaker
        returns (uint256 amount)
    {
        amount = _kept[currency][name];
        _kept[currency][name] = 0;
        _keptInAll[currency] -= amount;
        if (address(currency) == address(0)) Address.sendValue(receiver, amount);
        else currency.safeTransfer(receiver, amount);
    }

    /// @inheritdoc IRoyaltyAccount
    function keptFor(IERC20 currency, bytes32 name) external view returns (uint256) {
        return _kept[currency][name];
    }

    /// @inheritdoc IRoyaltyAccount
    function keptInAll(IERC20 currency) external view returns (uint256) {
        return _keptInAll[currency];
    }

    function _tryPay(IERC20 currency, address payable account, uint256 amount) private returns (bool paid) {
        if (account == address(0)) return false;
        if (address(currency) != address(0)) return currency.trySafeTransfer(account, amount);
        // Otherwise a caller could leave a payee without its money by giving the payment too little gas.
        if (gasleft() < GAS_BEFORE_PAYMENT) revert RoyaltyAccountTooLittleGas(gasleft());
        // solhint-disable-next-line avoid-low-level-calls
        (paid,) = account.call{value: amount, gas: PAYMENT_GAS}("");
    }

    function _balance(IERC20 currency) private view returns (uint256) {
        return address(currency) == address(0) ? address(this).balance : currency.balanceOf(address(this));
    }
}
