// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Vm} from "./Vm.sol";

/// @dev Base of all tests: the cheat codes and a few people.
abstract contract TestCase {
    /// @dev Where forge answers cheat codes: the last 20 bytes of keccak256("hevm cheat code").
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    address internal constant CREATOR = address(0xC0FFEE);
    address internal constant BUYER = address(0xB0B);
    address internal constant THIEF = address(0xBAD);

    /// @dev Folds a fuzzed number into the range from `minimum` to `maximum`, both included.
    function _bound(uint256 number, uint256 minimum, uint256 maximum) internal pure returns (uint256) {
        uint256 span = maximum - minimum;
        return span == type(uint256).max ? number : minimum + number % (span + 1);
    }
}
