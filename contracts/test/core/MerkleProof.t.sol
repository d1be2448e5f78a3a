// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {TestCase} from "../support/TestCase.sol";

/**
 * @dev Trees built by Python verify in Solidity. The vectors come from Python; tests/unit/core/test_shared_vectors.py
 * holds the two together.
 */
contract MerkleProofTest is TestCase {
    string private _vectors;

    function setUp() public {
        _vectors = vm.readFile("test/vectors/merkle.json");
    }

    function test_EveryProofFromPythonVerifies() public view {
        uint256 trees = vm.parseJsonUint(_vectors, ".count");
        vm.assertTrue(trees > 0);
        for (uint256 tree = 0; tree < trees; ++tree) {
            _checkTree(string.concat(".trees[", Strings.toString(tree), "]"));
        }
    }

    function _checkTree(string memory tree) private view {
        bytes32 root = vm.parseJsonBytes32(_vectors, string.concat(tree, ".root"));
        bytes32[] memory values = vm.parseJsonBytes32Array(_vectors, string.concat(tree, ".values"));
        for (uint256 i = 0; i < values.length; ++i) {
            string memory place = string.concat(tree, ".proofs[", Strings.toString(i), "]");
            bytes32[] memory proof = vm.parseJsonBytes32Array(_vectors, place);

            vm.assertTrue(MerkleProof.verify(proof, root, _leaf(values[i])));
            vm.assertFalse(MerkleProof.verify(proof, root, _leaf(~values[i])));
            vm.assertFalse(MerkleProof.verify(proof, ~root, _leaf(values[i])));
            if (proof.length > 0) {
                proof[0] = ~proof[0];
                vm.assertFalse(MerkleProof.verify(proof, root, _leaf(values[i])));
            }
        }
    }

    /// @dev Hashed twice, so that an inner node, 64 bytes hashed once, can never pass for a leaf.
    function _leaf(bytes32 value) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(bytes.concat(value))));
    }
}
