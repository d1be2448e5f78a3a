// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICommitments} from "../../src/core/ICommitments.sol";
import {TestCase} from "./TestCase.sol";

/// @dev Makes commitments and lets them come of age.
abstract contract Committing is TestCase {
    uint256 internal constant MINIMUM_AGE = 2;
    bytes32 internal constant SALT = keccak256("salt");

    /// @dev Commits `claimant` to `digest` and moves on to the first block in which it can be revealed.
    function _commit(ICommitments claims, address claimant, bytes32 digest) internal {
        claims.commit(claims.commitmentOf(claimant, digest, SALT));
        vm.roll(block.number + MINIMUM_AGE);
    }
}
