// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC4907} from "../../src/licence/IERC4907.sol";
import {ILicences} from "../../src/licence/ILicences.sol";
import {ISubscriptions} from "../../src/licence/ISubscriptions.sol";
import {Licensing} from "./Licensing.sol";

/// @dev Using, renting out and moving licences.
contract LicenceTokenTest is Licensing {
    function testFuzz_TheOwnerMayUseTheAssetUntilItExpires(uint40 elapsed) public {
        uint256 licenceId = _bought(_monthlyOffer());

        vm.warp(uint256(block.timestamp) + elapsed);

        vm.assertTrue(_licences.mayUse(licenceId, _assetId, _buyer) == (elapsed < MONTH));
    }

    function test_APerpetualLicenceNeverExpires() public {
        uint256 licenceId = _bought(_perpetualOffer());

        vm.warp(type(uint64).max);

        vm.assertTrue(_licences.mayUse(licenceId, _assetId, _buyer));
    }

    function testFuzz_NobodyElseMayUseTheAssetNorAnotherAsset(address other, uint256 asset, uint256 id) public {
        uint256 licenceId = _bought(_perpetualOffer());
        vm.assume(other != _buyer && asset != _assetId && id != licenceId);

        vm.assertFalse(_licences.mayUse(licenceId, _assetId, other));
        vm.assertFalse(_licences.mayUse(licenceId, asset, _buyer));
        vm.assertFalse(_licences.mayUse(id, _assetId, _buyer));
        vm.assertFalse(_licences.mayUse(id, _assetId, address(0)));
    }

    function testFuzz_OnlyTheUserMayUseARentedLicence(uint32 elapsed) public {
        uint256 licenceId = _rented(_bought(_perpetualOffer()), 1 days);

        vm.warp(block.timestamp + elapsed);

        bool running = elapsed < 1 days;
        vm.assertTrue(_licences.mayUse(licenceId, _assetId, RENTER) == running);
        vm.assertTrue(_licences.mayUse(licenceId, _assetId, _buyer) == !running);
        vm.assertEq(_licences.userOf(licenceId), running ? RENTER : address(0));
        vm.assertEq(_licences.licenceOf(licenceId).user, running ? RENTER : address(0));
    }

    function test_RevertWhen_SomebodyElseRentsItOut() public {
        uint256 licenceId = _bought(_perpetualOffer());
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, THIEF, licenceId));

        vm.prank(THIEF);
        _licences.setUser(licenceId, THIEF, uint64(block.timestamp + 1));
    }

    function test_AnApprovedAccountRentsItOut() public {
        uint256 licenceId = _bought(_perpetualOffer());
        vm.prank(_buyer);
        _licences.approve(THIEF, licenceId);

        vm.expectEmit(address(_licences));
        emit IERC4907.UpdateUser(licenceId, RENTER, uint64(block.timestamp + 1));
        vm.prank(THIEF);
        _licences.setUser(licenceId, RENTER, uint64(block.timestamp + 1));

        vm.assertEq(_licences.userOf(licenceId), RENTER);
        vm.assertEq(_licences.userExpires(licenceId), block.timestamp + 1);
    }

    function testFuzz_RevertWhen_TheRentalHasNoProperEnd(uint64 expires) public {
        uint256 licenceId = _bought(_monthlyOffer());
        uint40 latest = uint40(block.timestamp) + MONTH;
        vm.assume(expires <= block.timestamp || expires > latest);
        vm.expectRevert(abi.encodeWithSelector(ILicences.LicencesWrongTerm.selector, licenceId, expires, latest));

        vm.prank(_buyer);
        _licences.setUser(licenceId, RENTER, expires);
    }

    function test_RevertGiven_ABoundLicence() public {
        uint256 licenceId = _bought(_offer(PRICE, 0, false, false));
        bytes memory bound = abi.encodeWithSelector(ILicences.LicencesNotTransferable.selector, licenceId);

        vm.startPrank(_buyer);
        vm.expectRevert(bound);
        _licences.setUser(licenceId, RENTER, uint64(block.timestamp + 1));
        vm.expectRevert(bound);
        _licences.transferFrom(_buyer, THIEF, licenceId);
        vm.expectRevert(bound);
        _licences.list(licenceId, PRICE);
    }

    function test_RevertGiven_ARental() public {
        uint256 licenceId = _rented(_bought(_perpetualOffer()), 1 days);
        uint64 expires = uint64(block.timestamp + 1 days);
        bytes memory rented = abi.encodeWithSelector(ILicences.LicencesRented.selector, licenceId, RENTER, expires);

        vm.startPrank(_buyer);
        vm.expectRevert(rented);
        _licences.setUser(licenceId, address(0), 0);
        vm.expectRevert(rented);
        _licences.setUser(licenceId, THIEF, expires);
        vm.expectRevert(rented);
        _licences.transferFrom(_buyer, THIEF, licenceId);
        vm.stopPrank();
        vm.startPrank(RENTER);
        vm.expectRevert(rented);
        _licences.setUser(licenceId, RENTER, expires + 1);
    }

    function test_TheUserGivesARentalBack() public {
        uint256 licenceId = _rented(_bought(_perpetualOffer()), 1 days);

        vm.prank(RENTER);
        _licences.setUser(licenceId, address(0), 0);

        vm.assertTrue(_licences.mayUse(licenceId, _assetId, _buyer));
        vm.prank(_buyer);
        _licences.transferFrom(_buyer, THIEF, licenceId);
        vm.assertTrue(_licences.mayUse(licenceId, _assetId, THIEF));
    }

    function testFuzz_ALicenceHasOneId(uint32 extra) public {
        vm.assume(extra != 0);
        uint256 licenceId = _bought(_perpetualOffer());
        uint256 alias_ = licenceId | uint256(extra) << 224;
        bytes memory unknown = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, alias_);

        vm.assertFalse(_licences.mayUse(alias_, _assetId, _buyer));
        vm.startPrank(_buyer);
        vm.expectRevert(unknown);
        _licences.setUser(alias_, RENTER, uint64(block.timestamp + 1 days));
        vm.expectRevert(unknown);
        _licences.transferFrom(_buyer, THIEF, alias_);
        vm.expectRevert(unknown);
        _licences.licenceOf(alias_);
    }

    function testFuzz_LicencesMoveAndKeepWhatTheyAre(uint8 which, bool back) public {
        uint32 offerId = _subscriptionOffer();
        uint256[3] memory ids = [_bought(offerId), _bought(offerId), _bought(offerId)];
        uint256 moved = ids[which % 3];
        uint40 expiresAt = _licences.licenceOf(moved).expiresAt;
        vm.prank(_buyer);
        _licences.list(moved, PRICE);

        vm.expectEmit(address(_licences));
        emit ISubscriptions.SubscriptionCancelled(moved, _buyer);
        vm.expectEmit(address(_licences));
        emit IERC721.Transfer(_buyer, THIEF, moved);
        vm.prank(_buyer);
        _licences.transferFrom(_buyer, THIEF, moved);

        if (back) {
            vm.prank(THIEF);
            _licences.transferFrom(THIEF, _buyer, moved);
        }
        ILicences.Licence memory licence = _licences.licenceOf(moved);
        vm.assertEq(licence.owner, back ? _buyer : THIEF);
        vm.assertEq(licence.expiresAt, expiresAt);
        vm.assertEq(licence.offerId, offerId);
        vm.assertTrue(licence.transferable);
        (bool listed,) = _licences.listingOf(moved);
        vm.assertFalse(listed);
        vm.assertEq(_licences.subscriptionOf(moved).subscriber, address(0));
        vm.assertEq(_licences.balanceOf(_buyer), back ? 3 : 2);
        vm.assertEq(_licences.balanceOf(THIEF), back ? 0 : 1);
        for (uint256 i = 0; i < 3; ++i) {
            if (i != which % 3) vm.assertEq(_licences.subscriptionOf(ids[i]).subscriber, _buyer);
        }
    }

    function test_AFirstLicenceGivenAwayLeavesRoomForNoOther() public {
        uint32 offerId = _monthlyOffer();
        uint256 first = _bought(offerId);
        vm.prank(_buyer);
        _licences.transferFrom(_buyer, THIEF, first);

        uint256 second = _bought(offerId);

        vm.assertTrue(first != second);
        vm.assertEq(_licences.ownerOf(first), THIEF);
        vm.assertEq(_licences.ownerOf(second), _buyer);
    }

    function test_ApprovalsEndWithATransfer() public {
        uint256 licenceId = _bought(_perpetualOffer());
        vm.prank(_buyer);
        _licences.approve(THIEF, licenceId);
        vm.prank(THIEF);
        _licences.safeTransferFrom(_buyer, RENTER, licenceId);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, THIEF, licenceId));

        vm.prank(THIEF);
        _licences.transferFrom(RENTER, THIEF, licenceId);
    }

    function testFuzz_RevertGiven_NoSuchLicence(uint256 licenceId) public {
        bytes memory unknown = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, licenceId);

        vm.expectRevert(unknown);
        _licences.ownerOf(licenceId);
        vm.expectRevert(unknown);
        _licences.licenceOf(licenceId);
        vm.expectRevert(unknown);
        _licences.setUser(licenceId, THIEF, type(uint64).max);
        vm.expectRevert(unknown);
        _licences.transferFrom(address(0), THIEF, licenceId);
        vm.expectRevert(unknown);
        _licences.tokenURI(licenceId);
        vm.expectRevert(unknown);
        _licences.royaltyInfo(licenceId, 1);
    }

    function test_NobodyIsNoOwner() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidOwner.selector, address(0)));

        _licences.balanceOf(address(0));
    }

    function testFuzz_MetadataAndRoyaltiesAreTheAssets(uint96 salePrice) public {
        uint256 licenceId = _bought(_perpetualOffer());

        (address receiver, uint256 royalty) = _licences.royaltyInfo(licenceId, salePrice);

        vm.assertEq(receiver, CREATOR);
        vm.assertEq(royalty, uint256(salePrice) * ROYALTY_BPS / 10_000);
        vm.assertEq(_licences.tokenURI(licenceId), _registry.tokenURI(_assetId));
    }

    function test_SupportsItsInterfaces() public view {
        vm.assertTrue(type(IERC4907).interfaceId == 0xad092b5c);
        vm.assertTrue(_licences.supportsInterface(type(IERC4907).interfaceId));
        vm.assertTrue(_licences.supportsInterface(type(IERC721).interfaceId));
        vm.assertTrue(_licences.supportsInterface(type(IERC2981).interfaceId));
        vm.assertTrue(_licences.supportsInterface(type(IERC165).interfaceId));
        vm.assertFalse(_licences.supportsInterface(0xffffffff));
    }

    function _rented(uint256 licenceId, uint64 duration) private returns (uint256) {
        vm.prank(_buyer);
        _licences.setUser(licenceId, RENTER, uint64(block.timestamp) + duration);
        return licenceId;
    }
}
