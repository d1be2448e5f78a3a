// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IEAS} from "@ethereum-attestation-service/eas-contracts/contracts/IEAS.sol";

import {TestCase} from "./TestCase.sol";

/// @dev Deploys the Ethereum Attestation Service from its build, since its sources need another compiler than ours.
abstract contract Attesting is TestCase {
    function _deployAttestationService() internal returns (IEAS) {
        address registry = _create(_creationCode("SchemaRegistry"));
        return IEAS(_create(abi.encodePacked(_creationCode("EAS"), abi.encode(registry))));
    }

    function _creationCode(string memory name) private view returns (bytes memory) {
        string memory path = string.concat("../src/assay/chain/abi/", name, ".json");
        return vm.parseJsonBytes(vm.readFile(path), ".bytecode");
    }

    function _create(bytes memory code) private returns (address created) {
        assembly {
            created := create(0, add(code, 32), mload(code))
        }
        vm.assertTrue(created != address(0));
    }
}
