// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {IRoyaltyAccount} from "./IRoyaltyAccount.sol";

/// @dev Implementation of {IRoyaltyAccount}; made once, and cloned for each token.
contract RoyaltyAccount is IRoyaltyAccount {
    using SafeERC20 for IERC20;

    /// @dev In the code, so all clones share it.
    address private immutable _maker = msg.sender;

    receive() external payable {}

    /// @inheritdoc IRoyaltyAccount
    function release(IERC20 currency, address payable receiver) external returns (uint256 amount) {
        if (msg.sender != _maker) revert RoyaltyAccountUnauthorized(msg.sender);
        if (address(currency) == address(0)) {
            amount = address(this).balance;
            Address.sendValue(receiver, amount);
        } else {
            amount = currency.balanceOf(address(this));
            currency.safeTransfer(receiver, amount);
        }
    }
}
