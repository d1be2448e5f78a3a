// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title A way to bring a payer's tokens into a channel
 * @notice Checks the payer's consent to a deposit and moves the tokens to the settlement contract, which calls it.
 */
interface IDepositCollector {
    /// @notice Only the settlement contract may collect, else consent could be used to pay somebody else.
    error DepositCollectorCallerNotSettlement(address caller);

    /**
     * @notice Moves `amount` of `token` from `payer` to the caller.
     * @param channelId the channel that the payer consented to fill.
     * @param collectorData the payer's consent, in the form of this collector.
     */
    function collect(
        address payer,
        address token,
        uint256 amount,
        bytes32 channelId,
        bytes calldata collectorData
    )
        external;
}
