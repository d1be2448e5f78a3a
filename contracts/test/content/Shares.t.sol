// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentRoyalties} from "../../src/content/IContentRoyalties.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {IRoyaltyAccount} from "../../src/content/IRoyaltyAccount.sol";
import {Share} from "../../src/content/Share.sol";
import {IAssetRegistry} from "../../src/market/IAssetRegistry.sol";
import {Minting} from "./Minting.sol";
import {BlockingToken, GreedyPayee, MoodyPayee, ReenteringPayee} from "./Payees.sol";

contract SharesTest is Minting {
    IERC20 private constant ETHER = IERC20(address(0));
    address private constant AUTHOR = address(0xA1);
    address private constant COAUTHOR = address(0xA2);

    uint256 private _model;
    uint256 private _tokenId;
    address private _account;
    IContentToken.Content private _shared;
    Share[] private _shares;

    function setUp() public override {
        super.setUp();
        _model = uint256(keccak256("model"));
        _shared = _content();
    }

    function testFuzz_TheSumOfAllPartsIsTheIncome(uint96 early, uint96 late, uint16[3] memory bps, bool ether_) public {
        _shares.push(Share(AUTHOR, 0, bps[0]));
        _shares.push(Share(COAUTHOR, 0, bps[1]));
        _shares.push(Share(CREATOR, 0, bps[2]));
        _mintShared();

        _pay(early, ether_);
        uint256 first = _release(ether_);
        _pay(late, ether_);
        uint256 second = _release(ether_);

        uint256 authors = _held(AUTHOR, ether_) + _held(COAUTHOR, ether_) + _held(CREATOR, ether_);
        vm.assertEq(first, early);
        vm.assertEq(second, late);
        vm.assertEq(authors, uint256(early) + late);
        vm.assertEq(_held(_account, ether_), 0);
    }

    function testFuzz_EachPartIsRoundedDownAndTheLastHasTheRest(uint96 income, uint16 bps) public {
        bps = uint16(_bound(bps, 0, 10_000));
        _shares.push(Share(AUTHOR, 0, bps));
        _shares.push(Share(CREATOR, 0, 10_000 - bps));
        _mintShared();
        _pay(income, true);

        _release(true);

        vm.assertEq(AUTHOR.balance, uint256(income) * bps / 10_000);
        vm.assertEq(CREATOR.balance, income - AUTHOR.balance);
    }

    function test_WhoeverOwnsTheModelNowIsPaid() public {
        _register();
        _withModel();
        vm.prank(AUTHOR);
        _registry.transferFrom(AUTHOR, COAUTHOR, _model);
        _pay(1000, true);

        _release(true);

        vm.assertEq(COAUTHOR.balance, 300);
        vm.assertEq(CREATOR.balance, 700);
    }

    function test_TheShareOfAnUnknownAssetIsKeptUntilItHasAnOwner() public {
        _withModel();
        _pay(1000, true);
        vm.expectEmit(address(_token));
        emit IContentRoyalties.RoyaltyKept(_tokenId, address(0), _model, ETHER, 300);

        vm.assertEq(_release(true), 700);

        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), 300);
        _register();
        _pay(10, true);
        vm.assertEq(_release(true), 310);
        vm.assertEq(AUTHOR.balance, 303);
        vm.assertEq(CREATOR.balance, 707);
        vm.assertEq(_account.balance, 0);
    }

    function testFuzz_APayeeThatRefusesEtherLocksNobodyOut(uint96 early, uint96 late) public {
        MoodyPayee moody = new MoodyPayee();
        _halfTo(address(moody));
        _pay(early, true);
        _release(true);
        vm.assertEq(CREATOR.balance, early - uint256(early) / 2);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), early / 2);
        moody.setTakesEther(true);
        _pay(late, true);

        _release(true);

        vm.assertEq(address(moody).balance, uint256(early) / 2 + uint256(late) / 2);
        vm.assertEq(CREATOR.balance + address(moody).balance, uint256(early) + late);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), 0);
    }

    function test_WhatIsKeptGoesWhereItsPayeeSays() public {
        MoodyPayee moody = new MoodyPayee();
        _halfTo(address(moody));
        _pay(1001, true);
        _release(true);

        moody.withdraw(_token, _tokenId, _shares[0], ETHER, payable(COAUTHOR));

        vm.assertEq(COAUTHOR.balance, 500);
        vm.assertEq(_account.balance, 0);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), 0);
    }

    function testFuzz_RevertWhen_AnotherTakesWhatIsKept(address other) public {
        MoodyPayee moody = new MoodyPayee();
        vm.assume(other != address(moody));
        _halfTo(address(moody));
        _pay(1000, true);
        _release(true);
        vm.expectRevert(
            abi.encodeWithSelector(IContentRoyalties.ContentRoyaltiesNotPayee.selector, _tokenId, other, address(moody))
        );

        vm.prank(other);
        _token.withdrawKept(_tokenId, _shares[0], ETHER, payable(other));
    }

    function test_APayeeThatUsesUpItsGasLocksNobodyOut() public {
        _halfTo(address(new GreedyPayee()));
        _pay(1000, true);

        _release(true);

        vm.assertEq(CREATOR.balance, 500);
        vm.assertEq(_account.balance, 500);
    }

    function test_RevertWhen_TooLittleGasIsGivenForAPayment() public {
        _halfTo(AUTHOR);
        _pay(1000, true);
        _release(true);
        _pay(1000, true);
        vm.expectPartialRevert(IRoyaltyAccount.RoyaltyAccountTooLittleGas.selector);

        _token.releaseRoyalty{gas: 130_000}(_tokenId, _provenance(CREATOR, _shared), _shares, ETHER);
    }

    function test_APayeeThatEntersAgainIsPaidNothingTwice() public {
        ReenteringPayee payee = new ReenteringPayee(_token);
        _halfTo(address(payee));
        payee.aim(_tokenId, _provenance(CREATOR, _shared), _shares);
        _pay(1000, true);

        _release(true);

        vm.assertEq(CREATOR.balance, 500);
        vm.assertEq(address(payee).balance, 0);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), 500);
    }

    function test_AnAccountThatACurrencyBlocksLocksNobodyOut() public {
        BlockingToken blocking = new BlockingToken();
        _halfTo(AUTHOR);
        blocking.setBlocked(AUTHOR);
        blocking.transfer(_account, 1001);

        _token.releaseRoyalty(_tokenId, _provenance(CREATOR, _shared), _shares, blocking);

        vm.assertEq(blocking.balanceOf(CREATOR), 501);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], blocking), 500);
        vm.prank(AUTHOR);
        _token.withdrawKept(_tokenId, _shares[0], blocking, payable(COAUTHOR));
        vm.assertEq(blocking.balanceOf(COAUTHOR), 500);
    }

    function test_AnAccountThatIsNamedTwiceIsPaidBothParts() public {
        MoodyPayee moody = new MoodyPayee();
        _shares.push(Share(address(moody), 0, 2500));
        _shares.push(Share(address(moody), 0, 2500));
        _shares.push(Share(CREATOR, 0, 5000));
        _mintShared();
        _pay(1000, true);
        _release(true);
        vm.assertEq(_token.keptFor(_tokenId, _shares[0], ETHER), 500);
        moody.setTakesEther(true);

        _release(true);

        vm.assertEq(address(moody).balance, 500);
        vm.assertEq(_account.balance, 0);
    }

    function test_RevertWhen_TheSharesAreNotThoseMinted() public {
        _halfTo(AUTHOR);
        bytes32 minted = keccak256(abi.encode(_shares));
        _shares[0].bps = 6000;
        bytes32 shown = keccak256(abi.encode(_shares));
        vm.expectRevert(
            abi.encodeWithSelector(IContentRoyalties.ContentRoyaltiesWrongShares.selector, _tokenId, shown, minted)
        );

        _release(true);
    }

    function test_RevertWhen_NoSharesAreShownAndSomeWereMinted() public {
        _halfTo(AUTHOR);
        vm.expectPartialRevert(IContentRoyalties.ContentRoyaltiesWrongShares.selector);

        _token.releaseRoyalty(_tokenId, _provenance(CREATOR, _shared), new Share[](0), ETHER);
    }

    function _halfTo(address payee) private {
        _shares.push(Share(payee, 0, 5000));
        _shares.push(Share(CREATOR, 0, 5000));
        _mintShared();
    }

    function _withModel() private {
        _shares.push(Share(address(0), _model, 3000));
        _shares.push(Share(CREATOR, 0, 7000));
        _mintShared();
    }

    function _mintShared() private {
        _shared.sharesDigest = keccak256(abi.encode(_shares));
        _tokenId = _minted(CREATOR, _shared);
        _account = _token.royaltyAccountOf(_tokenId);
    }

    function _register() private {
        _commit(_registry, AUTHOR, bytes32(_model));
        vm.prank(AUTHOR);
        _registry.register(
            IAssetRegistry.Registration({
                contentDigest: bytes32(_model),
                metadataDigest: keccak256("metadata"),
                parent: 0,
                kind: IAssetRegistry.AssetKind.Model,
                licence: bytes4(0),
                royaltyBps: 300,
                price: 0
            }),
            SALT
        );
    }

    function _pay(uint256 amount, bool ether_) private {
        if (ether_) vm.deal(_account, _account.balance + amount);
        else _currency.transfer(_account, amount);
    }

    function _release(bool ether_) private returns (uint256) {
        IERC20 currency = ether_ ? ETHER : _currency;
        return _token.releaseRoyalty(_tokenId, _provenance(CREATOR, _shared), _shares, currency);
    }

    function _held(address account, bool ether_) private view returns (uint256) {
        return ether_ ? account.balance : _currency.balanceOf(account);
    }
}
