// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title The account that collects what one token earns
 * @notice Holds ether and ERC-20 tokens until the contract that made it has them paid out.
 */
interface IRoyaltyAccount {
    /**
     * @notice Whom to pay.
     * @param name under which its money is kept if it cannot be paid.
     * @param account 0 if nobody can be paid at present.
     * @param bps its part in hundredths of a per cent; the last payee gets all that the others leave.
     */
    struct Payee {
        bytes32 name;
        address payable account;
        uint16 bps;
    }

    /// @notice Only the contract that made this account can have it pay out.
    error RoyaltyAccountUnauthorized(address caller);

    /// @notice There is not gas enough to give every payee a fair try.
    error RoyaltyAccountTooLittleGas(uint256 gasLeft);

    /**
     * @notice Splits what came in since the last time and pays it, with what was kept before.
     * @param currency an ERC-20 token; 0 for ether.
     * @return paid what each payee was paid, in the currency's smallest unit.
     * @return kept what is kept for each that could not be paid.
     */
    function release(
        IERC20 currency,
        Payee[] calldata payees
    )
        external
        returns (uint256[] memory paid, uint256[] memory kept);

    /// @notice Pays what is kept under a name; reverts if that fails.
    function withdraw(IERC20 currency, bytes32 name, address payable receiver) external returns (uint256 amount);

    /// @notice What is kept under a name.
    function keptFor(IERC20 currency, bytes32 name) external view returns (uint256);

    /// @notice What is kept under all names.
    function keptInAll(IERC20 currency) external view returns (uint256);
}
