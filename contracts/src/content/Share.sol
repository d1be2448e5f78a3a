// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @notice A part of everything that a content token earns.
 * @param account who is paid; 0 for whoever owns `asset` in the register when the money is released.
 * @param asset the model or dataset whose owner is paid, if there is no account.
 * @param bps the part in hundredths of a per cent; the last of a list is paid all that the others leave.
 */
struct Share {
    address account;
    uint256 asset;
    uint16 bps;
}
