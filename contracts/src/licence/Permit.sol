// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @notice An allowance by signature (ERC-2612), given by the caller to the contract that it is handed to.
 * @param value the allowance, in the smallest unit of the currency.
 * @param deadline until when the signature is good, in seconds since 1970.
 * @param v with `r` and `s`, the signature.
 */
struct Permit {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}
