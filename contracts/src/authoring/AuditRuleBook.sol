// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAuditRuleBook} from "./IAuditRuleBook.sol";

/// @dev Implementation of {IAuditRuleBook}.
contract AuditRuleBook is IAuditRuleBook, Ownable2Step {
    uint256 private constant LONGEST = 24_576;

    /// @dev Version 1 stands at 0.
    Version[] private _versions;

    constructor(address owner_) Ownable(owner_) {}

    /// @inheritdoc IAuditRuleBook
    function publish(bytes calldata document) external onlyOwner returns (uint256 version) {
        if (document.length == 0) revert AuditRuleBookNoDocument();
        if (document.length > LONGEST) revert AuditRuleBookTooLong(document.length, LONGEST);
        bytes32 digest = sha256(document);
        version = _versions.length;
        if (version != 0 && _versions[version - 1].digest == digest) revert AuditRuleBookUnchanged(version, digest);
        _versions.push(Version(digest, uint64(block.timestamp), uint64(block.number)));
        ++version;
        emit RulesPublished(version, digest, document);
    }

    /// @inheritdoc IAuditRuleBook
    function newest() external view returns (uint256) {
        return _versions.length;
    }

    /// @inheritdoc IAuditRuleBook
    function versionOf(uint256 version) external view returns (Version memory) {
        uint256 count = _versions.length;
        if (version == 0 || version > count) revert AuditRuleBookUnknownVersion(version, count);
        return _versions[version - 1];
    }

    /// @inheritdoc IAuditRuleBook
    function versionAt(uint256 time) external view returns (uint256) {
        uint256 low = 0;
        uint256 high = _versions.length;
        while (low < high) {
            uint256 middle = Math.average(low, high);
            if (_versions[middle].publishedAt > time) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
