// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IAuthorizedReceipt} from "./IAuthorizedReceipt.sol";
import {IDepositCollector} from "./IDepositCollector.sol";
import {SettlementAddresses} from "./SettlementAddresses.sol";

/**
 * @title Deposits by a signed authorization of the token itself (ERC-3009)
 * @dev The collector's data is `abi.encode(uint256 validAfter, uint256 validBefore, uint256 salt, bytes signature)` with
 * the payer's signature of a `ReceiveWithAuthorization` to this contract. Its nonce,
 * `keccak256(abi.encode(channelId, salt))`, binds it to the one channel.
 */
contract Erc3009DepositCollector is IDepositCollector {
    using SafeERC20 for IERC20;

    /// @inheritdoc IDepositCollector
    function collect(
        address payer,
        address token,
        uint256 amount,
        bytes32 channelId,
        bytes calldata collectorData
    )
        external
    {
        if (msg.sender != SettlementAddresses.SETTLEMENT) revert DepositCollectorCallerNotSettlement(msg.sender);
        (uint256 validAfter, uint256 validBefore, uint256 salt, bytes memory signature) =
            abi.decode(collectorData, (uint256, uint256, uint256, bytes));
        IAuthorizedReceipt(token)
            .receiveWithAuthorization(
                payer, address(this), amount, validAfter, validBefore, keccak256(abi.encode(channelId, salt)), signature
            );
        IERC20(token).safeTransfer(msg.sender, amount);
    }
}
