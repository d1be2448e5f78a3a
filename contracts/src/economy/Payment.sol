// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Permit} from "../licence/Permit.sol";

/**
 * @title Payments that arrive to the unit
 * @notice What the receiver has more afterwards is measured, so that a currency that keeps a fee, or that calls back and
 * moves money meanwhile, makes the payment fail instead of making its record untrue.
 */
library Payment {
    using SafeERC20 for IERC20;

    /// @notice Of `amount` only `arrived` reached the receiver: the currency keeps a part, or was called meanwhile.
    error PaymentInexact(IERC20 currency, address to, uint256 amount, uint256 arrived);

    /**
     * @notice Sends an amount of a currency.
     * @param from who allowed this contract to send the amount; or this contract.
     */
    function transfer(IERC20 currency, address from, address to, uint256 amount) internal {
        if (amount == 0) return;
        uint256 held = currency.balanceOf(to);
        if (from == address(this)) currency.safeTransfer(to, amount);
        else currency.safeTransferFrom(from, to, amount);
        // Whoever pays itself has what it had.
        if (from != to) _checkArrival(currency, to, amount, held);
    }

    /**
     * @notice Submits the caller's permit for this contract.
     * @dev Somebody may have done so before, or the caller may have allowed enough anyway: whether the allowance suffices
     * shows when it is used.
     */
    function submit(IERC20 currency, Permit calldata permit) internal {
        try IERC20Permit(address(currency))
            .permit(msg.sender, address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _checkArrival(IERC20 currency, address to, uint256 amount, uint256 held) private view {
        uint256 holds = currency.balanceOf(to);
        if (holds == held + amount) return;
        revert PaymentInexact(currency, to, amount, holds > held ? holds - held : 0);
    }
}
