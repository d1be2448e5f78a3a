// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentSales} from "../../src/content/IContentSales.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {ILazyContent} from "../../src/content/ILazyContent.sol";
import {Terms} from "../../src/content/Terms.sol";
import {Selling} from "./Selling.sol";

contract LazyContentTest is Selling {
    uint256 private _tokenId;
    IContentToken.Content private _listed;
    Terms private _agreed;
    bytes32 private _root;
    bytes32[] private _proof;

    function setUp() public override {
        super.setUp();
        _listed = _content();
        _agreed = _terms();
        _tokenId = uint256(_listed.contentDigest);
        (_root, _proof) = _rooted(CREATOR, _listed, _agreed);
        vm.prank(CREATOR);
        _token.list(_root, 2, keccak256("catalogue"));
        vm.roll(block.number + 10);
    }

    function test_BuyMintsForTheBuyerWithTheCreatorOnRecord() public {
        (uint40 anchoredAt,) = _token.listOf(CREATOR, _root);

        _buy();

        IContentToken.TokenState memory state = _token.stateOf(_tokenId);
        vm.assertEq(_token.ownerOf(_tokenId), BUYER);
        vm.assertEq(state.claimedAt, anchoredAt);
        vm.assertTrue(_token.verifyProvenance(_tokenId, _provenance(CREATOR, _listed)));
    }

    function testFuzz_BuyPaysThePriceToTheUnit(uint96 price) public {
        _agreed.price = uint96(_bound(price, 0, 1_000_000e6));
        (_root, _proof) = _rooted(CREATOR, _listed, _agreed);
        vm.prank(CREATOR);
        _token.list(_root, 2, 0);
        vm.roll(block.number + MINIMUM_AGE);
        uint256 before = _currency.balanceOf(BUYER);

        _buy();

        vm.assertEq(_currency.balanceOf(PLATFORM), _fee(_agreed.price));
        vm.assertEq(_currency.balanceOf(_token.royaltyAccountOf(_tokenId)), _agreed.price - _fee(_agreed.price));
        vm.assertEq(before - _currency.balanceOf(BUYER), _agreed.price);
        vm.assertEq(_currency.balanceOf(address(_token)), 0);
    }

    function testFuzz_EtherIsTakenToTheWei(uint96 price) public {
        _agreed.currency = IERC20(address(0));
        _agreed.price = price;
        (_root, _proof) = _rooted(CREATOR, _listed, _agreed);
        vm.prank(CREATOR);
        _token.list(_root, 2, 0);
        vm.roll(block.number + MINIMUM_AGE);
        vm.deal(BUYER, price);

        vm.prank(BUYER);
        _token.buy{value: price}(CREATOR, _listed, _agreed, _proof);

        vm.assertEq(PLATFORM.balance, _fee(price));
        vm.assertEq(_token.royaltyAccountOf(_tokenId).balance, price - _fee(price));
    }

    function testFuzz_RevertWhen_TheValueIsNotThePrice(uint96 value) public {
        vm.assume(value != 0);
        vm.deal(BUYER, value);
        vm.expectRevert(abi.encodeWithSelector(IContentSales.ContentSalesWrongValue.selector, value, 0));

        vm.prank(BUYER);
        _token.buy{value: value}(CREATOR, _listed, _agreed, _proof);
    }

    function testFuzz_RevertWhen_AnythingDiffersFromTheLeaf(uint8 what) public {
        if (what % 4 == 0) _agreed.price -= 1;
        if (what % 4 == 1) _listed.royaltyBps += 1;
        if (what % 4 == 2) _proof[0] = keccak256("something else");
        if (what % 4 == 3) _listed.contentDigest = keccak256("other content");
        vm.expectPartialRevert(ILazyContent.LazyContentUnknownRoot.selector);

        _buy();
    }

    function test_RevertWhen_AnotherIsNamedAsTheCreator() public {
        vm.expectPartialRevert(ILazyContent.LazyContentUnknownRoot.selector);

        vm.prank(BUYER);
        _token.buy(THIEF, _listed, _agreed, _proof);
    }

    function test_RevertWhen_TheTermsHaveExpired() public {
        vm.warp(_agreed.validUntil + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IContentSales.ContentSalesExpired.selector, _tokenId, _agreed.validUntil)
        );

        _buy();
    }

    function test_RevertGiven_TheListIsClosed() public {
        vm.prank(CREATOR);
        _token.closeList(_root);
        vm.expectRevert(abi.encodeWithSelector(ILazyContent.LazyContentClosed.selector, CREATOR, _root));

        _buy();
    }

    function test_RevertGiven_SoldOrBurnt() public {
        _buy();
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenAlreadyMinted.selector, _tokenId, BUYER));
        _buy();
        vm.prank(BUYER);
        _token.burn(_tokenId);
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenAlreadyMinted.selector, _tokenId, address(0)));
        _buy();
    }

    function test_RevertWhen_AListIsAnchoredTwice() public {
        vm.expectRevert(abi.encodeWithSelector(ILazyContent.LazyContentRepeated.selector, CREATOR, _root));

        vm.prank(CREATOR);
        _token.list(_root, 2, 0);
    }

    function test_AStolenContentIsReclaimedForTheCreatorWhoeverHasIt() public {
        _minted(THIEF, _listed);
        vm.prank(THIEF);
        _token.transferFrom(THIEF, BUYER, _tokenId);
        vm.expectEmit(address(_token));
        emit ILazyContent.ContentReclaimed(_tokenId, CREATOR, BUYER);

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(THIEF, _listed));

        vm.assertEq(_token.ownerOf(_tokenId), CREATOR);
        vm.assertEq(_token.balanceOf(BUYER), 0);
        vm.assertEq(_token.balanceOf(CREATOR), 1);
        vm.assertTrue(_token.verifyProvenance(_tokenId, _provenance(CREATOR, _listed)));
        vm.assertFalse(_token.verifyProvenance(_tokenId, _provenance(THIEF, _listed)));
    }

    function test_AThiefDestroysNothingByBurning() public {
        _minted(THIEF, _listed);
        vm.prank(THIEF);
        _token.burn(_tokenId);

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(THIEF, _listed));

        vm.assertEq(_token.ownerOf(_tokenId), CREATOR);
        vm.assertEq(_token.balanceOf(CREATOR), 1);
        vm.assertEq(_token.balanceOf(THIEF), 0);
    }

    function test_RevertGiven_BoughtFromTheListAndBurnt() public {
        _buy();
        vm.prank(BUYER);
        _token.burn(_tokenId);
        vm.expectPartialRevert(ILazyContent.LazyContentClaimedBefore.selector);

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(CREATOR, _listed));
    }

    function test_RevertGiven_TheClaimIsOlderThanTheList() public {
        vm.roll(block.number + 1);
        (bytes32 root, bytes32[] memory proof) = _rooted(THIEF, _listed, _agreed);
        _minted(CREATOR, _listed);
        vm.roll(block.number + 1);
        vm.prank(THIEF);
        _token.list(root, 2, 0);
        vm.expectPartialRevert(ILazyContent.LazyContentClaimedBefore.selector);

        _token.reclaim(THIEF, _listed, _agreed, proof, _provenance(CREATOR, _listed));
    }

    function test_RevertGiven_BoughtFromTheList() public {
        _buy();
        vm.expectPartialRevert(ILazyContent.LazyContentClaimedBefore.selector);

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(THIEF, _listed));
    }

    function test_RevertWhen_AThiefAnchorsTheSameRoot() public {
        vm.prank(THIEF);
        _token.list(_root, 2, 0);
        vm.roll(block.number + MINIMUM_AGE);
        vm.expectPartialRevert(ILazyContent.LazyContentUnknownRoot.selector);

        vm.prank(THIEF);
        _token.buy(THIEF, _listed, _agreed, _proof);
    }

    function test_RevertWhen_AThiefListsWhatARevealShows() public {
        _listed.contentDigest = keccak256("unlisted");
        _agreed.price = 0;
        bytes32 root = _leaf(THIEF, _listed, _agreed);
        bytes32[] memory none = new bytes32[](0);
        vm.prank(THIEF);
        _token.list(root, 1, 0);
        vm.roll(block.number + MINIMUM_AGE - 1);
        vm.expectRevert(abi.encodeWithSelector(ILazyContent.LazyContentTooNew.selector, THIEF, root, block.number + 1));

        vm.prank(THIEF);
        _token.buy(THIEF, _listed, _agreed, none);
    }

    function test_RevertWhen_ACreatorReclaimsWhatItSoldFromALaterList() public {
        Terms memory later = _agreed;
        later.price += 1;
        IContentToken.Provenance memory sold = _provenance(CREATOR, _listed);
        (bytes32 root, bytes32[] memory proof) = _rooted(CREATOR, _listed, later);
        vm.prank(CREATOR);
        _token.list(root, 2, 0);
        vm.roll(block.number + MINIMUM_AGE);
        vm.prank(BUYER);
        _token.buy(CREATOR, _listed, later, proof);
        vm.expectRevert(abi.encodeWithSelector(ILazyContent.LazyContentOwn.selector, _tokenId, CREATOR));

        _token.reclaim(CREATOR, _listed, _agreed, _proof, sold);
    }

    function test_RevertWhen_ReclaimNamesAnotherCreatorThanTheTokens() public {
        _minted(THIEF, _listed);
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenWrongProvenance.selector, _tokenId));

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(BUYER, _listed));
    }

    function test_RevertWhen_TheContestIsOver() public {
        _minted(THIEF, _listed);
        uint256 finalSince = block.timestamp + _token.CONTEST_PERIOD();
        vm.warp(finalSince);
        vm.expectRevert(abi.encodeWithSelector(ILazyContent.LazyContentFinal.selector, _tokenId, finalSince));

        _token.reclaim(CREATOR, _listed, _agreed, _proof, _provenance(THIEF, _listed));
    }

    function _buy() private {
        vm.prank(BUYER);
        _token.buy(CREATOR, _listed, _agreed, _proof);
    }
}
