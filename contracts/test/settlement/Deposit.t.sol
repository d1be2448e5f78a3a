// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {IDepositCollector} from "../../src/settlement/IDepositCollector.sol";
import {SettlementAddresses} from "../../src/settlement/SettlementAddresses.sol";
import {IAssayToken} from "../../src/token/IAssayToken.sol";
import {Channels} from "./Channels.sol";
import {CallingToken, LossyToken, ReentrantCollector, UnfaithfulCollector} from "./Collectors.sol";

contract DepositTest is Channels {
    uint128 private constant AMOUNT = 1e6;

    function testFuzz_ItCreditsWhatArrived(uint128 first, uint128 second) public {
        first = uint128(_bound(first, 1, SUPPLY / 2));
        second = uint128(_bound(second, 1, SUPPLY / 2));
        IBatchSettlement.ChannelConfig memory config = _config();
        bytes32 id = SETTLEMENT.getChannelId(config);
        bytes memory data = _consent(PAYER_KEY, _token, id, first, 99);
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.ChannelOpened(id, _payer, RECEIVER, config);
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.Deposited(id, first, first);

        SETTLEMENT.deposit(config, first, SettlementAddresses.ERC3009_COLLECTOR, data);
        _deposit(config, second);

        _assertChannel(id, first + second, 0);
        vm.assertEq(_token.balanceOf(address(SETTLEMENT)), uint256(first) + second);
        vm.assertEq(_token.balanceOf(SettlementAddresses.ERC3009_COLLECTOR), 0);
    }

    function test_RevertWhen_TheSameConsentIsUsedAgain() public {
        IBatchSettlement.ChannelConfig memory config = _config();
        bytes memory data = _consent(PAYER_KEY, _token, SETTLEMENT.getChannelId(config), AMOUNT, 1);
        SETTLEMENT.deposit(config, AMOUNT, SettlementAddresses.ERC3009_COLLECTOR, data);
        vm.expectPartialRevert(IAssayToken.AssayTokenAuthorizationUsedOrCanceled.selector);

        SETTLEMENT.deposit(config, AMOUNT, SettlementAddresses.ERC3009_COLLECTOR, data);
    }

    function test_RevertWhen_TheConsentIsForAnotherChannelOrAmount() public {
        IBatchSettlement.ChannelConfig memory config = _config();
        bytes memory data = _consent(PAYER_KEY, _token, SETTLEMENT.getChannelId(config), AMOUNT, 1);

        vm.expectPartialRevert(IAssayToken.AssayTokenSignerMismatch.selector);
        SETTLEMENT.deposit(_configWith("other"), AMOUNT, SettlementAddresses.ERC3009_COLLECTOR, data);
        vm.expectPartialRevert(IAssayToken.AssayTokenSignerMismatch.selector);
        SETTLEMENT.deposit(config, AMOUNT + 1, SettlementAddresses.ERC3009_COLLECTOR, data);
    }

    function testFuzz_RevertWhen_TheConfigurationIsIncomplete(uint8 field) public {
        IBatchSettlement.ChannelConfig memory config = _config();
        field %= 4;
        if (field == 0) config.payer = address(0);
        if (field == 1) config.receiver = address(0);
        if (field == 2) config.receiverAuthorizer = address(0);
        if (field == 3) config.token = address(0);
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementIncompleteConfig.selector, config));

        SETTLEMENT.deposit(config, AMOUNT, SettlementAddresses.ERC3009_COLLECTOR, "");
    }

    function testFuzz_RevertWhen_TheDelayIsOutOfRange(uint40 delay) public {
        vm.assume(delay < 15 minutes || delay > 30 days);
        IBatchSettlement.ChannelConfig memory config = _config();
        config.withdrawDelay = delay;
        vm.expectRevert(
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementDelayOutOfRange.selector, delay, 15 minutes, 30 days)
        );

        SETTLEMENT.deposit(config, AMOUNT, SettlementAddresses.ERC3009_COLLECTOR, "");
    }

    function test_RevertWhen_NothingIsDeposited() public {
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementZeroAmount.selector));

        SETTLEMENT.deposit(_config(), 0, SettlementAddresses.ERC3009_COLLECTOR, "");
    }

    function testFuzz_RevertWhen_TheCollectorBringsAnotherAmount(uint256 short, uint256 over) public {
        short = _bound(short, 0, AMOUNT);
        over = _bound(over, 0, AMOUNT);
        vm.assume(short != over);
        UnfaithfulCollector collector = new UnfaithfulCollector();
        vm.startPrank(_payer);
        _token.approve(address(collector), AMOUNT);
        _token.transfer(address(collector), over);
        vm.stopPrank();
        collector.beUnfaithful(short, over);
        vm.expectRevert(
            abi.encodeWithSelector(
                IBatchSettlement.BatchSettlementWrongDelivery.selector, AMOUNT, AMOUNT - short + over
            )
        );

        SETTLEMENT.deposit(_config(), AMOUNT, address(collector), "");
    }

    function test_RevertWhen_TheTokenLosesSomeOnTheWay() public {
        LossyToken lossy = new LossyToken(_payer, SUPPLY);
        UnfaithfulCollector collector = new UnfaithfulCollector();
        vm.prank(_payer);
        lossy.approve(address(collector), AMOUNT);
        lossy.balanceOf(_payer);
        IBatchSettlement.ChannelConfig memory config = _config();
        config.token = address(lossy);
        vm.expectRevert();

        SETTLEMENT.deposit(config, AMOUNT, address(collector), "");

        collector.beUnfaithful(AMOUNT / 100, 0); // sends all that it got; again a hundredth is lost
        vm.expectPartialRevert(IBatchSettlement.BatchSettlementWrongDelivery.selector);
        SETTLEMENT.deposit(config, AMOUNT, address(collector), "");
    }

    function test_RevertWhen_TheCollectorHasNoCode() public {
        vm.expectRevert();

        SETTLEMENT.deposit(_config(), AMOUNT, THIEF, "");
    }

    function test_RevertWhen_TheCollectorCallsBack() public {
        ReentrantCollector collector = new ReentrantCollector();
        IBatchSettlement.ChannelConfig memory config = _config();
        vm.prank(_payer);
        _token.approve(address(collector), 3 * AMOUNT);
        _deposit(config, AMOUNT);
        _claim(config, AMOUNT);
        bytes[4] memory calls = [
            abi.encodeCall(IBatchSettlement.deposit, (config, AMOUNT, address(collector), "")),
            abi.encodeCall(IBatchSettlement.settle, (RECEIVER, address(_token))),
            abi.encodeCall(IBatchSettlement.finalizeWithdraw, (config)),
            abi.encodeCall(IBatchSettlement.refund, (config, AMOUNT))
        ];

        for (uint256 i = 0; i < calls.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
            SETTLEMENT.deposit(config, AMOUNT, address(collector), calls[i]);
        }
        bytes[] memory wrapped = new bytes[](1);
        wrapped[0] = calls[1];
        vm.expectRevert(abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector));
        SETTLEMENT.deposit(config, AMOUNT, address(collector), abi.encodeCall(SETTLEMENT.multicall, (wrapped)));
    }

    function test_ATokenThatCallsBackWhenItIsPaidOutGetsNothingTwice() public {
        CallingToken calling = new CallingToken(_payer, SUPPLY);
        UnfaithfulCollector collector = new UnfaithfulCollector();
        IBatchSettlement.ChannelConfig memory config = _config();
        config.token = address(calling);
        vm.prank(_payer);
        calling.approve(address(collector), AMOUNT);
        SETTLEMENT.deposit(config, AMOUNT, address(collector), "");
        _claim(config, AMOUNT / 2);
        calling.callBack(address(SETTLEMENT), abi.encodeCall(SETTLEMENT.settle, (RECEIVER, address(calling))));

        SETTLEMENT.settle(RECEIVER, address(calling));

        vm.assertFalse(calling.succeeded());
        vm.assertEq(calling.balanceOf(RECEIVER), AMOUNT / 2);
        vm.assertEq(calling.balanceOf(address(SETTLEMENT)), AMOUNT / 2);
    }

    function test_RevertWhen_SomebodyElseUsesACollector() public {
        bytes32 id = SETTLEMENT.getChannelId(_config());
        bytes memory data = _consent(PAYER_KEY, _token, id, AMOUNT, 1);
        address[2] memory collectors = [SettlementAddresses.ERC3009_COLLECTOR, SettlementAddresses.PERMIT2_COLLECTOR];

        for (uint256 i = 0; i < collectors.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IDepositCollector.DepositCollectorCallerNotSettlement.selector, THIEF)
            );
            vm.prank(THIEF);
            IDepositCollector(collectors[i]).collect(_payer, address(_token), AMOUNT, id, data);
        }
    }
}
