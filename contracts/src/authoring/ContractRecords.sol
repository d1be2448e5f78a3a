// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {IContractRecords} from "./IContractRecords.sol";

/// @dev Implementation of {IContractRecords}.
contract ContractRecords is IContractRecords {
    /// @dev What one contract came about by.
    struct Origin {
        bytes32 record;
        address deployer;
        bytes32 codeHash;
    }

    mapping(address deployed => Origin) private _origins;

    /// @inheritdoc IContractRecords
    /// @dev The record is written before the constructor runs, so that it holds from the contract's first call on.
    function deploy(bytes calldata creationCode, bytes32 record) external returns (address deployed) {
        if (record == 0) revert ContractRecordsNoRecord();
        bytes32 codeHash = keccak256(creationCode);
        deployed = addressOf(msg.sender, record, codeHash);
        if (_origins[deployed].record != 0) revert ContractRecordsAlreadyDeployed(deployed);
        _origins[deployed] = Origin(record, msg.sender, codeHash);
        emit ContractDeployed(deployed, msg.sender, record, codeHash);
        Create2.deploy(0, _salt(msg.sender, record), creationCode);
        if (deployed.code.length == 0) revert ContractRecordsNoCode(codeHash);
    }

    /// @inheritdoc IContractRecords
    function recordOf(address deployed) external view returns (bytes32 record, address deployer, bytes32 codeHash) {
        Origin storage origin = _origins[deployed];
        return (origin.record, origin.deployer, origin.codeHash);
    }

    /// @inheritdoc IContractRecords
    function addressOf(address deployer, bytes32 record, bytes32 codeHash) public view returns (address) {
        return Create2.computeAddress(_salt(deployer, record), codeHash);
    }

    function _salt(address deployer, bytes32 record) private pure returns (bytes32) {
        return keccak256(abi.encode(deployer, record));
    }
}
