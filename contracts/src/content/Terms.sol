// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @notice On what terms content is sold that is minted when it is bought.
 * @param currency an ERC-20 token; 0 for ether.
 * @param price in the currency's smallest unit.
 * @param validUntil in seconds since 1970.
 */
struct Terms {
    IERC20 currency;
    uint96 price;
    uint40 validUntil;
}
