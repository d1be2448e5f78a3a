// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {AuditRuleBook} from "../../src/authoring/AuditRuleBook.sol";
import {IAuditRuleBook} from "../../src/authoring/IAuditRuleBook.sol";
import {TestCase} from "../support/TestCase.sol";

contract AuditRuleBookTest is TestCase {
    uint256 private constant LONGEST = 24_576;

    AuditRuleBook private _book;

    function setUp() public {
        _book = new AuditRuleBook(CREATOR);
    }

    function testFuzz_PublishKeepsTheDigestAndEmitsTheDocument(
        bytes calldata document,
        uint64 time,
        uint64 number
    )
        public
    {
        vm.assume(document.length != 0 && document.length <= LONGEST);
        vm.warp(time);
        vm.roll(number);
        vm.expectEmit(address(_book));
        emit IAuditRuleBook.RulesPublished(1, sha256(document), document);

        uint256 version = _publish(document);

        vm.assertEq(version, 1);
        vm.assertEq(_book.newest(), 1);
        IAuditRuleBook.Version memory found = _book.versionOf(1);
        vm.assertEq(found.digest, sha256(document));
        vm.assertEq(found.publishedAt, time);
        vm.assertEq(found.blockNumber, number);
    }

    function testFuzz_RevertWhen_TheCallerIsNotTheOwner(address caller) public {
        vm.assume(caller != CREATOR);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller));
        vm.prank(caller);

        _book.publish("{}");
    }

    function test_RevertWhen_ThereIsNoDocument() public {
        vm.expectRevert(abi.encodeWithSelector(IAuditRuleBook.AuditRuleBookNoDocument.selector));

        _publish("");
    }

    function test_RevertWhen_TheDocumentIsTooLong() public {
        bytes memory document = new bytes(LONGEST + 1);
        vm.expectRevert(abi.encodeWithSelector(IAuditRuleBook.AuditRuleBookTooLong.selector, LONGEST + 1, LONGEST));

        _publish(document);
    }

    function test_TheLongestDocumentIsTaken() public {
        vm.assertEq(_publish(new bytes(LONGEST)), 1);
    }

    function test_RevertWhen_TheNewestVersionHasTheSameDocument() public {
        _publish("one");
        vm.expectRevert(abi.encodeWithSelector(IAuditRuleBook.AuditRuleBookUnchanged.selector, 1, sha256("one")));

        _publish("one");
    }

    function test_AnEarlierDocumentCanBePublishedAgain() public {
        _publish("one");
        _publish("two");

        vm.assertEq(_publish("one"), 3);
        vm.assertEq(_book.versionOf(3).digest, _book.versionOf(1).digest);
    }

    function testFuzz_EarlierVersionsStayAndTheTimeTellsWhichWasInForce(uint32[8] memory pauses, uint64 asked) public {
        uint64 time = 1000;
        uint64[8] memory times;
        for (uint256 i = 0; i < pauses.length; ++i) {
            time += pauses[i];
            times[i] = time;
            vm.warp(time);
            _publish(abi.encode(i));
        }
        uint256 when = _bound(asked, 0, uint256(time) + 10);
        uint256 expected = 0;
        for (uint256 i = 0; i < times.length; ++i) {
            vm.assertEq(_book.versionOf(i + 1).digest, sha256(abi.encode(i)));
            vm.assertEq(_book.versionOf(i + 1).publishedAt, times[i]);
            if (times[i] <= when) expected = i + 1;
        }

        vm.assertEq(_book.versionAt(when), expected);
        vm.assertEq(_book.versionAt(999), 0);
    }

    function test_RevertWhen_ThereIsNoSuchVersion() public {
        _publish("one");

        for (uint256 version = 0; version <= 2; version += 2) {
            vm.expectRevert(abi.encodeWithSelector(IAuditRuleBook.AuditRuleBookUnknownVersion.selector, version, 1));
            _book.versionOf(version);
        }
    }

    function test_ANewOwnerHasToAccept() public {
        vm.prank(CREATOR);
        _book.transferOwnership(BUYER);
        vm.assertEq(_book.owner(), CREATOR);
        vm.prank(BUYER);
        _book.acceptOwnership();
        vm.prank(BUYER);

        vm.assertEq(_book.publish("one"), 1);
    }

    function _publish(bytes memory document) private returns (uint256) {
        vm.prank(CREATOR);
        return _book.publish(document);
    }
}
