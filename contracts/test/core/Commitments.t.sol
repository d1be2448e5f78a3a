// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Commitments} from "../../src/core/Commitments.sol";
import {ICommitments} from "../../src/core/ICommitments.sol";
import {TestCase} from "../support/TestCase.sol";

contract Claims is Commitments {
    constructor(uint256 minimumAge) Commitments(minimumAge) {}

    function reveal(bytes32 digest, bytes32 salt) external {
        _reveal(msg.sender, digest, salt);
    }
}

contract CommitmentsTest is TestCase {
    uint256 private constant MINIMUM_AGE = 3;
    bytes32 private constant DIGEST = keccak256("digest");
    bytes32 private constant SALT = keccak256("salt");

    Claims private _claims;
    bytes32 private _commitment;

    function setUp() public {
        vm.roll(1000);
        _claims = new Claims(MINIMUM_AGE);
        _commitment = _claims.commitmentOf(CREATOR, DIGEST, SALT);
    }

    function test_RevertWhen_MinimumAgeIsZero() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitments.CommitmentsInvalidMinimumAge.selector, 0));

        new Claims(0);
    }

    function test_RevertWhen_MinimumAgeIsAboveTheMaximum() public {
        uint256 tooLong = _claims.MAXIMUM_AGE_BLOCKS() + 1;
        vm.expectRevert(abi.encodeWithSelector(ICommitments.CommitmentsInvalidMinimumAge.selector, tooLong));

        new Claims(tooLong);
    }

    function test_CommitRecordsTheBlock() public {
        vm.expectEmit(address(_claims));
        emit ICommitments.Committed(_commitment);

        _claims.commit(_commitment);

        vm.assertEq(_claims.committedAt(_commitment), 1000);
        vm.assertTrue(_claims.isPending(_commitment));
    }

    function testFuzz_CommitmentBindsClaimantDigestAndSalt(address claimant, bytes32 digest, bytes32 salt) public view {
        bytes32 expected = keccak256(abi.encode(block.chainid, address(_claims), claimant, digest, salt));

        bytes32 commitment = _claims.commitmentOf(claimant, digest, salt);

        vm.assertEq(commitment, expected);
    }

    function test_CommittingAgainKeepsTheAge() public {
        _claims.commit(_commitment);
        vm.roll(1002);

        vm.prank(THIEF);
        _claims.commit(_commitment);

        vm.assertEq(_claims.committedAt(_commitment), 1000);
    }

    function test_CommittingAfterExpiryStartsANewAge() public {
        _claims.commit(_commitment);
        vm.roll(1000 + _claims.MAXIMUM_AGE_BLOCKS() + 1);
        vm.assertFalse(_claims.isPending(_commitment));

        _claims.commit(_commitment);

        vm.assertEq(_claims.committedAt(_commitment), block.number);
    }

    function test_RevertGiven_NoCommitment() public {
        vm.expectRevert(abi.encodeWithSelector(ICommitments.CommitmentsUnknown.selector, _commitment));

        vm.prank(CREATOR);
        _claims.reveal(DIGEST, SALT);
    }

    function testFuzz_RevertWhen_AnythingDiffers(address claimant, bytes32 digest, bytes32 salt) public {
        vm.assume(claimant != CREATOR || digest != DIGEST || salt != SALT);
        _claims.commit(_commitment);
        vm.roll(1000 + MINIMUM_AGE);
        bytes32 other = _claims.commitmentOf(claimant, digest, salt);
        vm.expectRevert(abi.encodeWithSelector(ICommitments.CommitmentsUnknown.selector, other));

        vm.prank(claimant);
        _claims.reveal(digest, salt);
    }

    function test_RevertWhen_TheChainIsAnother() public {
        _claims.commit(_commitment);
        vm.roll(1000 + MINIMUM_AGE);
        vm.chainId(7);
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(CREATOR);
        _claims.reveal(DIGEST, SALT);
    }

    function test_RevertWhen_TheContractIsAnother() public {
        Claims other = new Claims(MINIMUM_AGE);
        other.commit(_commitment);
        vm.roll(1000 + MINIMUM_AGE);
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(CREATOR);
        other.reveal(DIGEST, SALT);
    }

    function testFuzz_RevertWhen_TooNew(uint256 age) public {
        _claims.commit(_commitment);
        vm.roll(1000 + _bound(age, 0, MINIMUM_AGE - 1));
        vm.expectRevert(
            abi.encodeWithSelector(ICommitments.CommitmentsTooNew.selector, _commitment, 1000 + MINIMUM_AGE)
        );

        vm.prank(CREATOR);
        _claims.reveal(DIGEST, SALT);
    }

    function testFuzz_RevertWhen_Expired(uint256 age) public {
        uint256 maximumAge = _claims.MAXIMUM_AGE_BLOCKS();
        _claims.commit(_commitment);
        vm.roll(1000 + _bound(age, maximumAge + 1, type(uint64).max));
        vm.expectRevert(
            abi.encodeWithSelector(ICommitments.CommitmentsExpired.selector, _commitment, 1000 + maximumAge)
        );

        vm.prank(CREATOR);
        _claims.reveal(DIGEST, SALT);
    }

    function testFuzz_RevealUsesUpTheCommitment(uint256 age) public {
        _claims.commit(_commitment);
        vm.roll(1000 + _bound(age, MINIMUM_AGE, _claims.MAXIMUM_AGE_BLOCKS()));

        vm.prank(CREATOR);
        _claims.reveal(DIGEST, SALT);

        vm.assertEq(_claims.committedAt(_commitment), 0);
        vm.assertFalse(_claims.isPending(_commitment));
    }

    function test_RevertGiven_AUsedCommitment() public {
        _claims.commit(_commitment);
        vm.roll(1000 + MINIMUM_AGE);
        vm.startPrank(CREATOR);
        _claims.reveal(DIGEST, SALT);
        vm.expectRevert(abi.encodeWithSelector(ICommitments.CommitmentsUnknown.selector, _commitment));

        _claims.reveal(DIGEST, SALT);
    }
}
