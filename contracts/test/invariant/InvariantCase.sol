// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {TestCase} from "../support/TestCase.sol";

/// @dev Base of the invariant tests: tells forge which handler to call.
abstract contract InvariantCase is TestCase {
    address[] private _targets;

    function targetContracts() public view returns (address[] memory) {
        return _targets;
    }

    function _target(address handler) internal {
        _targets.push(handler);
    }
}
