// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {ContractRecords} from "../../src/authoring/ContractRecords.sol";
import {IContractRecords} from "../../src/authoring/IContractRecords.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev A contract with a party that may not be nobody.
contract Agreement {
    error Nobody();

    address public immutable buyer;

    constructor(address buyer_) {
        if (buyer_ == address(0)) revert Nobody();
        buyer = buyer_;
    }
}

/// @dev Makes its own deployment again while it is being made.
contract Greedy {
    constructor(IContractRecords records, bytes memory creationCode, bytes32 record) {
        records.deploy(creationCode, record);
    }
}

contract ContractRecordsTest is TestCase {
    bytes32 private constant RECORD = keccak256("record");

    ContractRecords private _records;

    function setUp() public {
        _records = new ContractRecords();
    }

    function testFuzz_DeployBindsTheRecord(address deployer, bytes32 record, address buyer) public {
        vm.assume(record != 0 && buyer != address(0));
        bytes memory code = _code(buyer);
        address expected = _records.addressOf(deployer, record, keccak256(code));
        vm.expectEmit(address(_records));
        emit IContractRecords.ContractDeployed(expected, deployer, record, keccak256(code));
        vm.prank(deployer);

        address deployed = _records.deploy(code, record);

        vm.assertEq(deployed, expected);
        vm.assertEq(Agreement(deployed).buyer(), buyer);
        _assertOrigin(deployed, record, deployer, keccak256(code));
    }

    function test_RevertWhen_ThereIsNoRecord() public {
        vm.expectRevert(abi.encodeWithSelector(IContractRecords.ContractRecordsNoRecord.selector));

        _records.deploy(_code(BUYER), 0);
    }

    function test_RevertWhen_TheConstructorReverts() public {
        bytes memory code = _code(address(0));
        vm.expectRevert(abi.encodeWithSelector(Agreement.Nobody.selector));

        _records.deploy(code, RECORD);

        _assertOrigin(_records.addressOf(address(this), RECORD, keccak256(code)), 0, address(0), 0);
    }

    function test_RevertWhen_TheCodeLeavesNoContract() public {
        bytes memory code = hex"00";
        vm.expectRevert(abi.encodeWithSelector(IContractRecords.ContractRecordsNoCode.selector, keccak256(code)));

        _records.deploy(code, RECORD);
    }

    function test_RevertWhen_ThereIsNoCreationCode() public {
        vm.expectRevert(abi.encodeWithSelector(Create2.Create2EmptyBytecode.selector));

        _records.deploy("", RECORD);
    }

    function test_RevertWhen_MoneyComesAlong() public {
        vm.deal(address(this), 1 ether);

        (bool taken,) = address(_records).call{value: 1}(abi.encodeCall(_records.deploy, (_code(BUYER), RECORD)));

        vm.assertFalse(taken);
        vm.assertEq(address(_records).balance, 0);
    }

    function test_RevertWhen_TheSameDeploymentWasMadeBefore() public {
        address deployed = _records.deploy(_code(BUYER), RECORD);
        vm.expectRevert(abi.encodeWithSelector(IContractRecords.ContractRecordsAlreadyDeployed.selector, deployed));

        _records.deploy(_code(BUYER), RECORD);
    }

    function test_AConstructorThatDeploysGetsARecordOfItsOwn() public {
        bytes memory inner = _code(BUYER);
        bytes memory outer = abi.encodePacked(type(Greedy).creationCode, abi.encode(_records, inner, RECORD));
        address greedy = _records.deploy(outer, RECORD);

        address within = _records.addressOf(greedy, RECORD, keccak256(inner));

        _assertOrigin(within, RECORD, greedy, keccak256(inner));
        _assertOrigin(greedy, RECORD, address(this), keccak256(outer));
    }

    function test_NobodyElseGetsTheAddressOrTheRecord() public {
        address deployed = _records.deploy(_code(BUYER), RECORD);
        vm.prank(THIEF);

        address other = _records.deploy(_code(BUYER), RECORD);

        vm.assertTrue(other != deployed);
        _assertOrigin(deployed, RECORD, address(this), keccak256(_code(BUYER)));
        _assertOrigin(other, RECORD, THIEF, keccak256(_code(BUYER)));
    }

    function testFuzz_AddressesDiffer(bytes32 record, bytes32 codeHash) public view {
        address one = _records.addressOf(CREATOR, record, codeHash);

        vm.assertTrue(one != _records.addressOf(THIEF, record, codeHash));
        vm.assertTrue(one != _records.addressOf(CREATOR, ~record, codeHash));
        vm.assertTrue(one != _records.addressOf(CREATOR, record, ~codeHash));
    }

    function test_AContractDeployedElsewhereHasNoRecord() public {
        _assertOrigin(address(new Agreement(BUYER)), 0, address(0), 0);
    }

    function _code(address buyer) private pure returns (bytes memory) {
        return abi.encodePacked(type(Agreement).creationCode, abi.encode(buyer));
    }

    function _assertOrigin(address deployed, bytes32 record, address deployer, bytes32 codeHash) private view {
        (bytes32 foundRecord, address foundDeployer, bytes32 foundHash) = _records.recordOf(deployed);
        vm.assertEq(foundRecord, record);
        vm.assertEq(foundDeployer, deployer);
        vm.assertEq(foundHash, codeHash);
    }
}
