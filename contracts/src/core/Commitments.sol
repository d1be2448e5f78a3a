// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICommitments} from "./ICommitments.sol";

/// @dev Implementation of {ICommitments} for contracts that give a digest to the first who claims it.
abstract contract Commitments is ICommitments {
    /// @inheritdoc ICommitments
    /// @dev A week of blocks of 12 seconds.
    uint256 public constant MAXIMUM_AGE_BLOCKS = 50_400;

    uint256 internal immutable _minimumAgeBlocks;

    mapping(bytes32 commitment => uint256 blockNumber) private _committedAt;

    constructor(uint256 minimumAgeBlocks_) {
        if (minimumAgeBlocks_ == 0 || minimumAgeBlocks_ > MAXIMUM_AGE_BLOCKS) {
            revert CommitmentsInvalidMinimumAge(minimumAgeBlocks_);
        }
        _minimumAgeBlocks = minimumAgeBlocks_;
    }

    /// @inheritdoc ICommitments
    function commit(bytes32 commitment) external {
        if (isPending(commitment)) return;
        _committedAt[commitment] = block.number;
        emit Committed(commitment);
    }

    /// @inheritdoc ICommitments
    function committedAt(bytes32 commitment) external view returns (uint256 blockNumber) {
        return _committedAt[commitment];
    }

    /// @inheritdoc ICommitments
    function minimumAgeBlocks() external view returns (uint256) {
        return _minimumAgeBlocks;
    }

    /// @inheritdoc ICommitments
    function commitmentOf(address claimant, bytes32 digest, bytes32 salt) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), claimant, digest, salt));
    }

    /// @inheritdoc ICommitments
    function isPending(bytes32 commitment) public view returns (bool) {
        uint256 recordedAt = _committedAt[commitment];
        return recordedAt != 0 && block.number <= recordedAt + MAXIMUM_AGE_BLOCKS;
    }

    /// @dev Uses up the commitment of `claimant` to `digest`, recorded in the block that is returned; reverts unless its age
    /// is within bounds.
    function _reveal(address claimant, bytes32 digest, bytes32 salt) internal returns (uint256 recordedAt) {
        bytes32 commitment = commitmentOf(claimant, digest, salt);
        recordedAt = _committedAt[commitment];
        if (recordedAt == 0) revert CommitmentsUnknown(commitment);
        uint256 readyAt = recordedAt + _minimumAgeBlocks;
        if (block.number < readyAt) revert CommitmentsTooNew(commitment, readyAt);
        uint256 expiredAfter = recordedAt + MAXIMUM_AGE_BLOCKS;
        if (block.number > expiredAfter) revert CommitmentsExpired(commitment, expiredAfter);
        delete _committedAt[commitment];
    }
}
