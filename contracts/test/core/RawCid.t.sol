// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {RawCid} from "../../src/core/RawCid.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev The vectors come from Python; tests/unit/core/test_shared_vectors.py holds the two together.
contract RawCidTest is TestCase {
    function test_CidsEqualThoseFromPython() public view {
        string memory vectors = vm.readFile("test/vectors/raw_cid.json");
        bytes32[] memory digests = vm.parseJsonBytes32Array(vectors, ".digests");
        string[] memory cids = vm.parseJsonStringArray(vectors, ".cids");

        vm.assertTrue(digests.length > 0 && digests.length == cids.length);
        for (uint256 i = 0; i < digests.length; ++i) {
            vm.assertEq(RawCid.toString(digests[i]), cids[i]);
            vm.assertEq(RawCid.uri(digests[i]), string.concat("ipfs://", cids[i]));
        }
    }

    function testFuzz_DifferentDigestsHaveDifferentCids(bytes32 one, bytes32 other) public pure {
        vm.assume(one != other);

        vm.assertTrue(keccak256(bytes(RawCid.toString(one))) != keccak256(bytes(RawCid.toString(other))));
    }
}
