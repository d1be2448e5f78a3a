// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {TestCase} from "../../support/TestCase.sol";

/// @dev The accounts that a handler plays; their keys are the numbers from 1 on.
abstract contract Cast is TestCase {
    uint256 public constant CAST_SIZE = 4;

    function member(uint256 seed) public pure returns (address) {
        return vm.addr(_key(seed));
    }

    function _key(uint256 seed) internal pure returns (uint256) {
        return seed % CAST_SIZE + 1;
    }
}
