// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title The account that collects one token's royalties
 * @notice Holds ether and ERC-20 tokens until the contract that made it has them paid out.
 */
interface IRoyaltyAccount {
    /// @notice Only the contract that made this account can have it pay out.
    error RoyaltyAccountUnauthorized(address caller);

    /**
     * @notice Pays everything that the account holds in one currency.
     * @param currency an ERC-20 token; 0 for ether.
     * @return amount what was paid, in the currency's smallest unit.
     */
    function release(IERC20 currency, address payable receiver) external returns (uint256 amount);
}
