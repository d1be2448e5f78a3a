// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;
import "@openzeppelin/contracts/finance/VestingWallet.sol";
contract TeamVesting is VestingWallet {
    constructor(address employee) VestingWallet(employee, uint64(block.timestamp), 730 days) {}
}
