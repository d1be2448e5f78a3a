// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IRepostSales} from "../../src/economy/IRepostSales.sol";
import {Permit} from "../../src/licence/Permit.sol";
import {Earning} from "./Earning.sol";

contract RepostSalesTest is Earning {
    uint256 private constant PRICE = 10e6;

    uint256 private _repostId;

    function setUp() public override {
        super.setUp();
        _repostId = _reposted(BUYER, _contentId);
    }

    function test_RevertWhen_AnotherThanTheOwnerSells() public {
        bytes memory refused =
            abi.encodeWithSelector(IRepostSales.RepostSalesNotOwner.selector, _repostId, THIEF, BUYER);
        vm.startPrank(THIEF);

        vm.expectRevert(refused);
        _reposts.list(_repostId, PRICE);
        vm.expectRevert(refused);
        _reposts.withdrawListing(_repostId);
    }

    function testFuzz_RevertWhen_ThePriceIsNone(uint256 price) public {
        price = price % 2 == 0 ? 0 : _bound(price, uint256(type(uint96).max) + 1, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IRepostSales.RepostSalesWrongPrice.selector, price));

        vm.prank(BUYER);
        _reposts.list(_repostId, price);
    }

    function test_RevertGiven_NoListing() public {
        bytes memory refused = abi.encodeWithSelector(IRepostSales.RepostSalesNotListed.selector, _repostId);
        vm.expectRevert(refused);
        _reposts.buy(_repostId, PRICE);
        vm.expectRevert(refused);
        vm.prank(BUYER);
        _reposts.withdrawListing(_repostId);

        _list(PRICE);
        vm.startPrank(BUYER);
        _reposts.transferFrom(BUYER, THIEF, _repostId);
        vm.stopPrank();
        vm.prank(THIEF);
        _reposts.transferFrom(THIEF, BUYER, _repostId);
        vm.expectRevert(refused);
        _reposts.buy(_repostId, PRICE);
    }

    function test_AListingCanBeWithdrawn() public {
        _list(PRICE);
        vm.expectEmit(address(_reposts));
        emit IRepostSales.RepostListingWithdrawn(_repostId, BUYER);

        vm.prank(BUYER);
        _reposts.withdrawListing(_repostId);

        vm.assertEq(_reposts.priceOf(_repostId), 0);
    }

    function test_RevertWhen_ThePriceIsAboveWhatTheBuyerAgreedTo() public {
        _list(PRICE);
        _list(PRICE + 1);
        vm.expectRevert(abi.encodeWithSelector(IRepostSales.RepostSalesAboveMaximum.selector, PRICE + 1, PRICE));

        _reposts.buy(_repostId, PRICE);
    }

    function testFuzz_ASaleIsSplitToTheUnit(uint96 price, uint16 rateBps) public {
        price = uint96(_bound(price, 1, SUPPLY));
        rateBps = uint16(_bound(rateBps, 0, 5000));
        _setRate(rateBps);
        _repostId = _reposted(BUYER, _repostId);
        _list(price);
        uint256 authors = (uint256(price) * rateBps + 9999) / 10_000;
        _allow(address(_reposts), price);
        vm.expectEmit(address(_reposts));
        emit IRepostSales.RepostSold(_repostId, _contentId, BUYER, _payer, authors, price - authors);

        vm.prank(_payer);
        _reposts.buy(_repostId, price);

        vm.assertEq(_reposts.ownerOf(_repostId), _payer);
        vm.assertEq(_reposts.priceOf(_repostId), 0);
        vm.assertEq(_money.balanceOf(_royaltyAccount), authors);
        vm.assertEq(_money.balanceOf(BUYER), price - authors);
        vm.assertEq(_money.balanceOf(_payer), SUPPLY - price);
    }

    function test_APermitNeedsNoAllowanceBefore() public {
        _list(PRICE);
        Permit memory permit = _permit(address(_reposts), PRICE);

        vm.prank(_payer);
        _reposts.buyWithPermit(_repostId, PRICE, permit);

        vm.assertEq(_reposts.ownerOf(_repostId), _payer);
    }

    function _list(uint256 price) private {
        vm.prank(BUYER);
        _reposts.list(_repostId, price);
    }
}
