// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {ITrainingCertificates} from "../../src/training/ITrainingCertificates.sol";
import {TrainingTasks} from "../../src/training/TrainingTasks.sol";
import {Training} from "./Training.sol";

/// @dev The vectors come from Python; tests/unit/core/test_shared_vectors.py holds the two together.
contract TrainingVectorsTest is Training {
    string private _vectors = vm.readFile("test/vectors/training.json");

    function test_TheCommitmentIsPythons() public view {
        bytes32 commitment = _tasks.commitmentOf(
            _number(".task"),
            uint32(_number(".round")),
            vm.parseJsonAddress(_vectors, ".node"),
            _word(".sealed"),
            _word(".salt")
        );

        vm.assertEq(commitment, _word(".commitment"));
    }

    function test_AVoteIsSignedAsPythonSignsIt() public {
        TrainingTasks elsewhere = TrainingTasks(vm.parseJsonAddress(_vectors, ".tasks"));
        vm.etch(address(elsewhere), address(_tasks).code);
        vm.chainId(_number(".chain_id"));

        bytes32 digest = elsewhere.voteDigest(
            ITrainingCertificates.Vote({
                task: _number(".task"),
                round: uint32(_number(".round")),
                viewNumber: uint32(_number(".view")),
                aggregate: _word(".aggregate"),
                record: _word(".record"),
                contributions: _word(".root")
            })
        );

        vm.assertEq(digest, _word(".vote_digest"));
    }

    function test_EarningsAreProvenAsPythonProvesThem() public view {
        bytes32 leaf = _leaf(vm.parseJsonAddress(_vectors, ".node"), _number(".cumulative"));

        bytes32[] memory proof = vm.parseJsonBytes32Array(_vectors, ".proof");

        vm.assertTrue(MerkleProof.verify(proof, _word(".root"), leaf));
    }

    function _word(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(_vectors, key);
    }

    function _number(string memory key) private view returns (uint256) {
        return vm.parseJsonUint(_vectors, key);
    }
}
