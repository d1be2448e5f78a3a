// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Many calls in one
 * @notice The part of Multicall3 that client libraries read chains through. Calls are made by this contract, so it must
 * never be given rights of its own.
 */
interface IMulticall3 {
    struct Call {
        address target;
        bytes callData;
    }

    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    /// @notice A call that had to succeed did not; `reason` is what it reverted with.
    error Multicall3CallFailed(uint256 index, bytes reason);

    /// @notice All calls have to succeed.
    function aggregate(Call[] calldata calls) external returns (uint256 blockNumber, bytes[] memory returnData);

    /// @notice All calls have to succeed if `requireSuccess`; else each result tells.
    function tryAggregate(bool requireSuccess, Call[] calldata calls) external returns (Result[] memory returnData);

    /// @notice {tryAggregate}, with the block that answered.
    function tryBlockAndAggregate(
        bool requireSuccess,
        Call[] calldata calls
    )
        external
        returns (uint256 blockNumber, bytes32 blockHash, Result[] memory returnData);

    /// @notice Each call says by itself whether it may fail.
    function aggregate3(Call3[] calldata calls) external returns (Result[] memory returnData);

    function getBlockNumber() external view returns (uint256);
    function getBlockHash(uint256 blockNumber) external view returns (bytes32);
    function getLastBlockHash() external view returns (bytes32);
    function getCurrentBlockTimestamp() external view returns (uint256);
    function getCurrentBlockGasLimit() external view returns (uint256);
    function getCurrentBlockCoinbase() external view returns (address);
    function getBasefee() external view returns (uint256);
    function getChainId() external view returns (uint256);
    function getEthBalance(address account) external view returns (uint256);
}
