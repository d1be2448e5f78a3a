// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICreatorSubscriptions} from "../../src/economy/ICreatorSubscriptions.sol";
import {Payment} from "../../src/economy/Payment.sol";
import {Reposts} from "../../src/economy/Reposts.sol";
import {Tips} from "../../src/economy/Tips.sol";
import {Earning} from "./Earning.sol";
import {HostileCurrency} from "./HostileCurrency.sol";

/// @dev Currencies that keep a part, block a receiver or call back: a payment is whole, or there is none.
contract HostileCurrenciesTest is Earning {
    uint256 private constant AMOUNT = 1e18;

    HostileCurrency private _hostile;
    uint256 private _repostId;
    uint32 private _planId;

    function setUp() public override {
        super.setUp();
        _hostile = new HostileCurrency(_payer);
        _reposts = new Reposts(address(_token), address(_hostile));
        _tips = new Tips(address(_token), address(_hostile));
        _repostId = _reposted(BUYER, _contentId);
        vm.prank(CREATOR);
        _planId = _subscriptions.makePlan(uint96(AMOUNT), 1 days, _hostile);
        vm.startPrank(_payer);
        _hostile.approve(address(_reposts), type(uint256).max);
        _hostile.approve(address(_tips), type(uint256).max);
        _hostile.approve(address(_subscriptions), type(uint256).max);
        vm.stopPrank();
    }

    function testFuzz_AKeptFeeMakesAPaymentFail(uint256 feeBps) public {
        feeBps = _bound(feeBps, 1, 10_000);
        _hostile.keepFee(feeBps);
        uint256 authors = AMOUNT / 20;
        vm.startPrank(_payer);

        vm.expectRevert(_inexact(_royaltyAccount, authors, authors - authors * feeBps / 10_000));
        _reposts.pay(_repostId, AMOUNT, NOTE);
        vm.expectRevert(_inexact(_royaltyAccount, AMOUNT, AMOUNT - AMOUNT * feeBps / 10_000));
        _tips.tip(_contentId, AMOUNT, NOTE);
        vm.expectRevert(_inexact(CREATOR, AMOUNT, AMOUNT - AMOUNT * feeBps / 10_000));
        _subscriptions.subscribe(_planId, uint96(AMOUNT));
    }

    function test_ABlockedReceiverMakesAPaymentFailAndNobodyLoses() public {
        uint256 before = _hostile.balanceOf(_payer);
        bytes4 blocked = HostileCurrency.HostileCurrencyBlocked.selector;
        vm.startPrank(_payer);

        _hostile.blockAccount(BUYER);
        vm.expectRevert(abi.encodeWithSelector(blocked, BUYER));
        _reposts.pay(_repostId, AMOUNT, NOTE);
        _hostile.blockAccount(_royaltyAccount);
        vm.expectRevert(abi.encodeWithSelector(blocked, _royaltyAccount));
        _reposts.pay(_repostId, AMOUNT, NOTE);
        vm.expectRevert(abi.encodeWithSelector(blocked, _royaltyAccount));
        _tips.tip(_contentId, AMOUNT, NOTE);
        _hostile.blockAccount(CREATOR);
        vm.expectRevert(abi.encodeWithSelector(blocked, CREATOR));
        _subscriptions.subscribe(_planId, uint96(AMOUNT));

        vm.assertEq(_hostile.balanceOf(_payer), before);
    }

    function test_ACallBackFindsNothingDue() public {
        vm.prank(_payer);
        _subscriptions.subscribe(_planId, uint96(AMOUNT));
        vm.warp(block.timestamp + 1 days);
        bytes memory again = abi.encodeCall(ICreatorSubscriptions.renew, (CREATOR, _payer));
        _hostile.callBack(address(_subscriptions), again);

        vm.expectPartialRevert(ICreatorSubscriptions.CreatorSubscriptionsNotDue.selector);
        _subscriptions.renew(CREATOR, _payer);
        _hostile.callBack(address(0), "");
        _subscriptions.renew(CREATOR, _payer);

        vm.assertEq(_hostile.balanceOf(CREATOR), 2 * AMOUNT);
    }

    function test_MoneyThatMovesMeanwhileIsNotCountedAsPaid() public {
        uint256 another = _reposted(BUYER, _contentId);
        vm.prank(_payer);
        _hostile.transfer(address(_hostile), AMOUNT);
        vm.prank(address(_hostile));
        _hostile.approve(address(_reposts), AMOUNT);
        _hostile.callBack(address(_reposts), abi.encodeCall(_reposts.pay, (another, AMOUNT, NOTE)));

        vm.expectPartialRevert(Payment.PaymentInexact.selector);
        vm.prank(_payer);
        _reposts.pay(_repostId, AMOUNT, NOTE);

        vm.assertEq(_hostile.balanceOf(BUYER), 0);
        vm.assertEq(_hostile.balanceOf(_royaltyAccount), 0);
    }

    function _inexact(address to, uint256 amount, uint256 arrived) private view returns (bytes memory) {
        return abi.encodeWithSelector(Payment.PaymentInexact.selector, _hostile, to, amount, arrived);
    }
}
