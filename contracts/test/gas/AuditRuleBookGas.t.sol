// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AuditRuleBook} from "../../src/authoring/AuditRuleBook.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev What a version of the rule book costs, kept in snapshots/.
contract AuditRuleBookGasTest is TestCase {
    function test_AuditRuleBook() public {
        AuditRuleBook book = new AuditRuleBook(address(this));

        bytes memory document = new bytes(4096);
        for (uint256 i = 0; i < document.length; ++i) {
            document[i] = "x";
        }
        book.publish(document);
        vm.snapshotGasLastCall("AuditRuleBook", "publish 4 KiB of rules");
    }
}
