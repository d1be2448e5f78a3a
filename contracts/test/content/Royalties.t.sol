// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentRoyalties} from "../../src/content/IContentRoyalties.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {IRoyaltyAccount} from "../../src/content/IRoyaltyAccount.sol";
import {Share} from "../../src/content/Share.sol";
import {Minting} from "./Minting.sol";

contract RoyaltiesTest is Minting {
    IERC20 private constant ETHER = IERC20(address(0));

    uint256 private _tokenId;
    address private _account;

    function setUp() public override {
        super.setUp();
        _tokenId = _minted(CREATOR, _content());
        _account = _token.royaltyAccountOf(_tokenId);
        _currency.transfer(BUYER, type(uint128).max);
    }

    function testFuzz_RoyaltyInfoNamesTheAccountAndTheShare(uint256 salePrice) public view {
        (address receiver, uint256 royalty) = _token.royaltyInfo(_tokenId, salePrice);

        vm.assertEq(receiver, _account);
        vm.assertEq(royalty, (salePrice / 10_000) * 250 + (salePrice % 10_000) * 250 / 10_000);
    }

    function testFuzz_RevertWhen_TheProvenanceIsWrong(address creator) public {
        vm.assume(creator != CREATOR);
        vm.deal(_account, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenWrongProvenance.selector, _tokenId));

        _token.releaseRoyalty(_tokenId, _provenance(creator, _content()), new Share[](0), ETHER);
    }

    function test_RevertGiven_NoToken() public {
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenWrongProvenance.selector, 7));

        _token.releaseRoyalty(7, _provenance(CREATOR, _content()), new Share[](0), ETHER);
    }

    function testFuzz_EtherReachesTheCreator(uint96 early, uint96 late) public {
        early = uint96(_bound(early, 1, type(uint96).max));
        vm.deal(BUYER, uint256(early) + late);
        _pay(early);
        vm.expectEmit(address(_token));
        emit IContentRoyalties.RoyaltyReleased(_tokenId, CREATOR, ETHER, early);

        _release(ETHER);
        _pay(late);
        uint256 paid = _release(ETHER);

        vm.assertEq(paid, late);
        vm.assertEq(CREATOR.balance, uint256(early) + late);
        vm.assertEq(_account.balance, 0);
    }

    function testFuzz_TokensReachTheCreator(uint96 early, uint96 late) public {
        early = uint96(_bound(early, 1, type(uint96).max));
        vm.prank(BUYER);
        _currency.transfer(_account, early);
        vm.expectEmit(address(_token));
        emit IContentRoyalties.RoyaltyReleased(_tokenId, CREATOR, _currency, early);

        _release(_currency);
        vm.prank(BUYER);
        _currency.transfer(_account, late);
        uint256 paid = _release(_currency);

        vm.assertEq(paid, late);
        vm.assertEq(_currency.balanceOf(CREATOR), uint256(early) + late);
        vm.assertEq(_currency.balanceOf(_account), 0);
    }

    function test_AnEmptyAccountPaysNothing() public {
        uint256 paid = _release(ETHER);

        vm.assertEq(paid, 0);
        vm.assertEq(CREATOR.balance, 0);
    }

    function test_RoyaltiesFollowTheCreatorAndNotTheOwner() public {
        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, BUYER, _tokenId);
        vm.deal(_account, 1 ether);

        vm.prank(BUYER);
        _release(ETHER);

        vm.assertEq(CREATOR.balance, 1 ether);
        vm.assertEq(BUYER.balance, 0);
    }

    function testFuzz_RevertWhen_AStrangerAsksTheAccount(address stranger) public {
        vm.assume(stranger != address(_token));
        vm.deal(_account, 1 ether);
        _release(ETHER);
        vm.expectRevert(abi.encodeWithSelector(IRoyaltyAccount.RoyaltyAccountUnauthorized.selector, stranger));

        vm.prank(stranger);
        IRoyaltyAccount(_account).withdraw(ETHER, 0, payable(stranger));
    }

    function _pay(uint256 amount) private {
        vm.prank(BUYER);
        (bool paid,) = _account.call{value: amount}("");
        vm.assertTrue(paid);
    }

    function _release(IERC20 currency) private returns (uint256) {
        return _token.releaseRoyalty(_tokenId, _provenance(CREATOR, _content()), new Share[](0), currency);
    }
}
