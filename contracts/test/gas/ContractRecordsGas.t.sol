// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ContractRecords} from "../../src/authoring/ContractRecords.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev What a record costs on top of the contract's own creation, kept in snapshots/.
contract ContractRecordsGasTest is TestCase {
    function test_ContractRecords() public {
        ContractRecords records = new ContractRecords();
        bytes memory smallest = hex"6001600c60003960016000f300";

        records.deploy(smallest, keccak256("record"));
        vm.snapshotGasLastCall("ContractRecords", "deploy a contract of one byte");
    }
}
