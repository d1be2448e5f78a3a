// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IReputationRegistry} from "../../src/identity/IReputationRegistry.sol";
import {ICallAnchor} from "../../src/market/ICallAnchor.sol";
import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {Paying} from "./Paying.sol";

/// @dev Who may speak about an agent.
contract PaymentProofsTest is Paying {
    function test_RevertGiven_NoPayment() public {
        vm.expectRevert(abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNotPaid.selector, _agentId, THIEF));

        vm.prank(THIEF);
        _reputation.giveFeedback(_agentId, 100, 0, "", "", "", "", 0);
    }

    function testFuzz_AClaimedChannelProvesOnce(uint128 claimed) public {
        claimed = uint128(_bound(claimed, 1, DEPOSIT));
        IBatchSettlement.ChannelConfig memory config = _channel("salt", claimed);
        bytes32 channelId = SETTLEMENT.getChannelId(config);

        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.PaymentProven(
            _agentId, _payer, channelId, IReputationRegistry.ProofKind.Channel, claimed
        );
        vm.prank(_payer);
        _reputation.proveChannel(_agentId, config);

        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 1);
        _expectChannelRevert(
            config, abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNothingProven.selector, channelId)
        );
    }

    function test_AChannelProvesAgainWhatWasClaimedSince() public {
        IBatchSettlement.ChannelConfig memory config = _channel("salt", 10);
        bytes32 channelId = SETTLEMENT.getChannelId(config);
        vm.prank(_payer);
        _reputation.proveChannel(_agentId, config);
        _claim(config, 17);

        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.PaymentProven(_agentId, _payer, channelId, IReputationRegistry.ProofKind.Channel, 7);
        vm.prank(_payer);
        _reputation.proveChannel(_agentId, config);

        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 2);
    }

    function test_RevertGiven_NothingWasClaimed() public {
        IBatchSettlement.ChannelConfig memory config = _channel("salt", 0);

        _expectChannelRevert(
            config,
            abi.encodeWithSelector(
                IReputationRegistry.ReputationRegistryNothingProven.selector, SETTLEMENT.getChannelId(config)
            )
        );
    }

    function test_RevertGiven_TheChannelOfAnother() public {
        IBatchSettlement.ChannelConfig memory config = _channel("salt", 1);
        vm.expectRevert(abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNotPayer.selector, THIEF, _payer));

        vm.prank(THIEF);
        _reputation.proveChannel(_agentId, config);
    }

    function test_RevertGiven_AChannelToAnotherOrInAnotherToken() public {
        IBatchSettlement.ChannelConfig memory config = _config();
        _deposit(config, 1);
        _claim(config, 1);
        _expectChannelRevert(
            config,
            abi.encodeWithSelector(
                IReputationRegistry.ReputationRegistryNotPayee.selector, _agentId, _provider, RECEIVER
            )
        );

        config = _channel("salt", 1);
        config.token = address(new AssayToken(_payer, 1));
        _expectChannelRevert(
            config,
            abi.encodeWithSelector(
                IReputationRegistry.ReputationRegistryWrongToken.selector, address(_token), config.token
            )
        );
    }

    function test_RevertGiven_AnAgentWithoutWalletOrNoAgent() public {
        IBatchSettlement.ChannelConfig memory config = _channel("salt", 1);
        vm.prank(_provider);
        _identity.unsetAgentWallet(_agentId);
        _expectChannelRevert(
            config,
            abi.encodeWithSelector(
                IReputationRegistry.ReputationRegistryNotPayee.selector, _agentId, address(0), _provider
            )
        );

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 9));
        vm.prank(_payer);
        _reputation.proveChannel(9, config);
    }

    function testFuzz_APaidCallProvesOnce(uint128 amount, bytes32 nonce) public {
        amount = uint128(_bound(amount, 1, SUPPLY));
        ICallAnchor.CallRecord memory record = _paidCall(amount, nonce);
        bytes memory signature = _signed(record);

        vm.expectEmit(address(_reputation));
        emit IReputationRegistry.PaymentProven(_agentId, _payer, nonce, IReputationRegistry.ProofKind.Call, amount);
        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);

        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 1);
        record.outputDigest = keccak256("another record of the same payment");
        _expectCallRevert(
            record, abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNothingProven.selector, nonce)
        );
    }

    function test_RevertGiven_ACallThatIsNotPaidOrFree() public {
        ICallAnchor.CallRecord memory record = _paidCall(1, "paid");
        record.paymentNonce = "not paid";
        _expectCallRevert(
            record,
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNothingProven.selector, bytes32("not paid"))
        );

        record = _paidCall(0, "free");
        _expectCallRevert(
            record,
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryNothingProven.selector, bytes32("free"))
        );
    }

    function test_RevertGiven_ACallThatTheProviderDidNotSign() public {
        ICallAnchor.CallRecord memory record = _paidCall(1, "nonce");
        bytes memory signature = _signed(record);
        record.amount = 1_000_000e6;
        vm.expectRevert(
            abi.encodeWithSelector(
                IReputationRegistry.ReputationRegistryInvalidSignature.selector, _provider, _anchor.recordDigest(record)
            )
        );

        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);
    }

    function test_ALinkedAgentIsRatedForItsServiceOnly() public {
        vm.prank(_provider);
        _identity.setMetadata(_agentId, "assay.service", abi.encode(SERVICE + 1));
        ICallAnchor.CallRecord memory record = _paidCall(1, "nonce");
        _expectCallRevert(
            record,
            abi.encodeWithSelector(IReputationRegistry.ReputationRegistryWrongService.selector, SERVICE + 1, SERVICE)
        );

        vm.prank(_provider);
        _identity.setMetadata(_agentId, "assay.service", abi.encode(SERVICE));
        bytes memory signature = _signed(record);
        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);

        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 1);
    }

    function test_ProofAndFeedbackInOneTransaction() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(_reputation.proveChannel, (_agentId, _channel("salt", 5)));
        calls[1] = abi.encodeCall(_reputation.giveFeedback, (_agentId, 87, 0, "starred", "", "", "", 0));

        vm.prank(_payer);
        _reputation.multicall(calls);

        vm.assertEq(_reputation.getLastIndex(_agentId, _payer), 1);
        vm.assertEq(_reputation.feedbackLeft(_agentId, _payer), 0);
    }

    function _expectChannelRevert(IBatchSettlement.ChannelConfig memory config, bytes memory revertData) private {
        vm.expectRevert(revertData);
        vm.prank(_payer);
        _reputation.proveChannel(_agentId, config);
    }

    function _expectCallRevert(ICallAnchor.CallRecord memory record, bytes memory revertData) private {
        bytes memory signature = _signed(record);
        vm.expectRevert(revertData);
        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);
    }
}
