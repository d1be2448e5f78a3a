// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IMulticall3} from "./IMulticall3.sol";

/// @dev Implementation of {IMulticall3} for development chains, which lack the original. It takes no ether.
contract Multicall3 is IMulticall3 {
    /// @inheritdoc IMulticall3
    function aggregate(Call[] calldata calls) external returns (uint256 blockNumber, bytes[] memory returnData) {
        blockNumber = block.number;
        returnData = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            returnData[i] = _call(i, calls[i].target, calls[i].callData, false).returnData;
        }
    }

    /// @inheritdoc IMulticall3
    function tryBlockAndAggregate(
        bool requireSuccess,
        Call[] calldata calls
    )
        external
        returns (uint256 blockNumber, bytes32 blockHash, Result[] memory returnData)
    {
        return (block.number, blockhash(block.number), tryAggregate(requireSuccess, calls));
    }

    /// @inheritdoc IMulticall3
    function aggregate3(Call3[] calldata calls) external returns (Result[] memory returnData) {
        returnData = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            returnData[i] = _call(i, calls[i].target, calls[i].callData, calls[i].allowFailure);
        }
    }

    /// @inheritdoc IMulticall3
    function getBlockNumber() external view returns (uint256) {
        return block.number;
    }

    /// @inheritdoc IMulticall3
    function getBlockHash(uint256 blockNumber) external view returns (bytes32) {
        return blockhash(blockNumber);
    }

    /// @inheritdoc IMulticall3
    function getLastBlockHash() external view returns (bytes32) {
        return blockhash(block.number - 1);
    }

    /// @inheritdoc IMulticall3
    function getCurrentBlockTimestamp() external view returns (uint256) {
        return block.timestamp;
    }

    /// @inheritdoc IMulticall3
    function getCurrentBlockGasLimit() external view returns (uint256) {
        return block.gaslimit;
    }

    /// @inheritdoc IMulticall3
    function getCurrentBlockCoinbase() external view returns (address) {
        return block.coinbase;
    }

    /// @inheritdoc IMulticall3
    function getBasefee() external view returns (uint256) {
        return block.basefee;
    }

    /// @inheritdoc IMulticall3
    function getChainId() external view returns (uint256) {
        return block.chainid;
    }

    /// @inheritdoc IMulticall3
    function getEthBalance(address account) external view returns (uint256) {
        return account.balance;
    }

    /// @inheritdoc IMulticall3
    function tryAggregate(bool requireSuccess, Call[] calldata calls) public returns (Result[] memory returnData) {
        returnData = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            returnData[i] = _call(i, calls[i].target, calls[i].callData, !requireSuccess);
        }
    }

    function _call(uint256 index, address target, bytes calldata data, bool mayFail) private returns (Result memory) {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory answer) = target.call(data);
        if (!success && !mayFail) revert Multicall3CallFailed(index, answer);
        return Result(success, answer);
    }
}
