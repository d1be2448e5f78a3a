// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {Channels} from "./Channels.sol";

contract ClaimTest is Channels {
    uint128 private constant AMOUNT = 1e6;
    uint256 private constant CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    bytes32 private _id;

    function setUp() public override {
        super.setUp();
        _id = _deposit(_config(), AMOUNT);
    }

    function testFuzz_ItBringsTheClaimedSumUpToTheLine(uint128 first, uint128 second) public {
        first = uint128(_bound(first, 1, AMOUNT));
        second = uint128(_bound(second, 0, AMOUNT));
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.Claimed(_id, first);

        _claim(_config(), first);
        _claim(_config(), second);

        uint128 reached = first > second ? first : second;
        _assertChannel(_id, AMOUNT, reached);
        _assertReceipts(RECEIVER, reached, 0);
    }

    function testFuzz_TheReceiversSideClaimsWithoutASignature(bool byAuthorizer) public {
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_line(_config(), 5));

        vm.prank(byAuthorizer ? _authorizer : RECEIVER);
        SETTLEMENT.claim(lines);

        _assertChannel(_id, AMOUNT, 5);
    }

    function test_RevertWhen_SomebodyElseClaims() public {
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_line(_config(), 5));
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementCallerNotReceiver.selector, THIEF, _id));

        vm.prank(THIEF);
        SETTLEMENT.claim(lines);
    }

    function test_ALineThatClaimsNothingNewIsPassedOver() public {
        bytes32 other = _deposit(_configWith("other"), AMOUNT);
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](2);
        lines[0] = _line(_config(), 7);
        lines[1] = _line(_configWith("other"), 9);
        _claimSigned(lines);
        lines[1] = _line(_configWith("other"), 11);

        _claimSigned(lines);

        _assertChannel(_id, AMOUNT, 7);
        _assertChannel(other, AMOUNT, 11);
        _assertReceipts(RECEIVER, 18, 0);
    }

    /// @dev A smart account may sign nothing any more; a batch that was sent before goes through all the same.
    function testFuzz_ThePassedOverLineNeedsNoSignature(bytes calldata signature) public {
        _claim(_config(), 7);
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](2);
        (lines[0], lines[1]) = (_line(_config(), 7), _line(_config(), 9));
        lines[0].signature = signature;

        _claimSigned(lines);

        _assertChannel(_id, AMOUNT, 9);
    }

    function test_OneChannelMayStandInABatchTwice() public {
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](2);
        (lines[0], lines[1]) = (_line(_config(), 7), _line(_config(), 9));

        _claimSigned(lines);

        _assertChannel(_id, AMOUNT, 9);
        _assertReceipts(RECEIVER, 9, 0);
    }

    function test_ABatchCreditsEachReceiverAndToken() public {
        IBatchSettlement.ChannelConfig memory config = _configWith("other");
        config.receiver = BUYER;
        _deposit(config, AMOUNT);
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](3);
        (lines[0], lines[1], lines[2]) = (_line(_config(), 1), _line(config, 20), _line(_config(), 300));

        _claimSigned(lines);

        _assertReceipts(RECEIVER, 300, 0);
        _assertReceipts(BUYER, 20, 0);
    }

    function test_RevertWhen_ABatchHasSeveralAuthorizers() public {
        IBatchSettlement.ChannelConfig memory config = _configWith("other");
        config.receiverAuthorizer = THIEF;
        _deposit(config, AMOUNT);
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](2);
        (lines[0], lines[1]) = (_line(_config(), 1), _line(config, 1));
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        vm.expectRevert(
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementMixedAuthorizers.selector, _authorizer, THIEF)
        );

        SETTLEMENT.claimWithSignature(lines, signature);
    }

    function test_RevertWhen_TheBatchIsEmpty() public {
        IBatchSettlement.VoucherClaim[] memory none = new IBatchSettlement.VoucherClaim[](0);

        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementEmptyBatch.selector));
        SETTLEMENT.claimWithSignature(none, "");
        vm.expectRevert(abi.encodeWithSelector(IBatchSettlement.BatchSettlementEmptyBatch.selector));
        SETTLEMENT.claim(none);
    }

    function testFuzz_RevertWhen_TheLineIsOverTheVoucher(uint128 limit, uint128 total) public {
        limit = uint128(_bound(limit, 0, AMOUNT - 1));
        total = uint128(_bound(total, uint256(limit) + 1, AMOUNT));
        IBatchSettlement.VoucherClaim memory line = _lineSignedBy(PAYER_KEY, _config(), limit, total);

        _expectFault(
            line, abi.encodeWithSelector(IBatchSettlement.BatchSettlementOverVoucher.selector, _id, total, limit)
        );
    }

    function testFuzz_RevertWhen_TheLineIsOverTheBalance(uint128 total) public {
        total = uint128(_bound(total, AMOUNT + 1, type(uint128).max));

        _expectFault(
            _line(_config(), total),
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementOverBalance.selector, _id, total, AMOUNT)
        );
    }

    function testFuzz_RevertWhen_AnotherKeySignedTheVoucher(uint256 key) public {
        key = _bound(key, 1, CURVE_ORDER - 1);
        vm.assume(key != PAYER_KEY);

        _expectInvalid(_lineSignedBy(key, _config(), 5, 5));
    }

    function testFuzz_RevertWhen_TheSignatureIsChanged(uint256 place, uint8 change) public {
        vm.assume(change != 0);
        IBatchSettlement.VoucherClaim memory line = _line(_config(), 5);
        line.signature[_bound(place, 0, 64)] ^= bytes1(change);

        _expectInvalid(line);
    }

    function testFuzz_RevertWhen_TheSignatureHasAnotherLength(bytes memory signature) public {
        vm.assume(signature.length != 65);
        IBatchSettlement.VoucherClaim memory line = _line(_config(), 5);
        line.signature = signature;

        _expectInvalid(line);
    }

    function test_RevertWhen_TheSignatureIsLongerOrShorterThanItself() public {
        IBatchSettlement.VoucherClaim memory line = _line(_config(), 5);
        bytes memory signature = line.signature;

        line.signature = abi.encodePacked(signature, uint8(0));
        _expectInvalid(line);
        line.signature = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) {
            line.signature[i] = signature[i];
        }
        _expectInvalid(line);
    }

    function testFuzz_RevertWhen_TheSignatureIsAMalleableTwin(uint128 total) public {
        IBatchSettlement.VoucherClaim memory line = _line(_config(), uint128(_bound(total, 1, AMOUNT)));
        (bytes32 r, bytes32 s) = abi.decode(line.signature, (bytes32, bytes32));
        uint8 v = uint8(line.signature[64]);
        line.signature = abi.encodePacked(r, CURVE_ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27));

        _expectInvalid(line);
    }

    function test_RevertWhen_TheVoucherIsForAnotherChainOrContract() public {
        IBatchSettlement.VoucherClaim memory line = _line(_config(), 5);
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("x402 Batch Settlement"),
                keccak256("1"),
                block.chainid,
                address(THIEF)
            )
        );
        bytes32 voucher =
            keccak256(abi.encode(keccak256("Voucher(bytes32 channelId,uint128 maxClaimableAmount)"), _id, uint128(5)));
        line.signature = _sign(PAYER_KEY, keccak256(abi.encodePacked(hex"1901", domain, voucher)));
        _expectInvalid(line);

        uint256 here = block.chainid;
        vm.chainId(here + 1);
        line = _line(_config(), 5);
        vm.chainId(here);
        _expectInvalid(line);
    }

    function testFuzz_RevertWhen_AnotherSignedTheBatch(uint256 key) public {
        key = _bound(key, 1, CURVE_ORDER - 1);
        vm.assume(key != AUTHORIZER_KEY);
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_line(_config(), 5));
        bytes32 digest = SETTLEMENT.getClaimBatchDigest(lines);
        bytes memory signature = _sign(key, digest);
        vm.expectRevert(
            abi.encodeWithSelector(IBatchSettlement.BatchSettlementInvalidSignature.selector, _authorizer, digest)
        );

        SETTLEMENT.claimWithSignature(lines, signature);
    }

    function test_RevertWhen_TheBatchHasAnotherLineThanWasSigned() public {
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_lineSignedBy(PAYER_KEY, _config(), 500, 5));
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        lines[0].totalClaimed = 6;
        vm.expectPartialRevert(IBatchSettlement.BatchSettlementInvalidSignature.selector);

        SETTLEMENT.claimWithSignature(lines, signature);
    }

    function test_WithoutAnAuthorizerThePayerSignsByKeyOrAsASmartAccount() public {
        IBatchSettlement.ChannelConfig memory config = _config();
        config.payerAuthorizer = address(0);
        bytes32 byKey = _deposit(config, AMOUNT);
        _claim(config, 5);
        _assertChannel(byKey, AMOUNT, 5);

        SmartAccount account = new SmartAccount(_payer);
        vm.prank(_payer);
        _token.transfer(address(account), AMOUNT);
        config.payer = address(account);
        bytes32 id = SETTLEMENT.getChannelId(config);
        _depositOf(address(account), config, AMOUNT);
        _claim(config, 6);
        _assertChannel(id, AMOUNT, 6);
        _expectInvalid(_lineSignedBy(0xBAD, config, 7, 7));
    }

    function test_ASmartAccountAllowsBatchesForTheReceiver() public {
        IBatchSettlement.ChannelConfig memory config = _configWith("smart");
        config.receiverAuthorizer = address(new SmartAccount(_authorizer));
        bytes32 id = _deposit(config, AMOUNT);

        _claim(config, 5);

        _assertChannel(id, AMOUNT, 5);
    }

    /// @dev Unused bits name another channel, which is empty, wherever they are in the configuration.
    function testFuzz_RevertWhen_UnusedBitsOfTheConfigurationAreSet(uint8 word, uint8 bit) public {
        word = uint8(_bound(word, 0, 5));
        uint256 highest = word == 5 ? 40 : 160;
        bytes memory data = abi.encodeCall(SETTLEMENT.claim, (_batch(_line(_config(), 5))));
        uint256 place = 4 + 32 * 3 + 32 * uint256(word) + (31 - _bound(bit, highest, 255) / 8);
        data[place] |= 0x01;

        vm.prank(RECEIVER);
        (bool success,) = address(SETTLEMENT).call(data);

        vm.assertFalse(success);
        _assertChannel(_id, AMOUNT, 0);
    }

    /// @dev What is missing reads as zeros: no receiver, no sum, or no signature.
    function testFuzz_CallDataThatIsCutShortClaimsNothing(uint256 length) public {
        bytes memory data = abi.encodeCall(SETTLEMENT.claim, (_batch(_line(_config(), 5))));
        length = _bound(length, 0, data.length - 32); // the last 31 bytes are the signature's padding
        assembly ("memory-safe") {
            mstore(data, length)
        }

        vm.prank(RECEIVER);
        (bool success,) = address(SETTLEMENT).call(data);

        vm.assertTrue(!success || length < 4 + 32 * 13, "a whole head fails by its signature");
        _assertChannel(_id, AMOUNT, 0);
    }

    function testFuzz_SettlementPaysWhatWasClaimedOnce(uint128 total) public {
        total = uint128(_bound(total, 1, AMOUNT));
        _claim(_config(), total);
        vm.expectEmit(address(SETTLEMENT));
        emit IBatchSettlement.Settled(RECEIVER, address(_token), FACILITATOR, total);

        vm.prank(FACILITATOR);
        SETTLEMENT.settle(RECEIVER, address(_token));
        SETTLEMENT.settle(RECEIVER, address(_token));

        vm.assertEq(_token.balanceOf(RECEIVER), total);
        _assertReceipts(RECEIVER, total, total);
    }

    function testFuzz_EachSettlementPaysWhatWasClaimedSinceTheLast(uint128 first, uint128 second) public {
        first = uint128(_bound(first, 1, AMOUNT - 2));
        second = uint128(_bound(second, uint256(first) + 1, AMOUNT - 1));
        _claim(_config(), first);
        SETTLEMENT.settle(RECEIVER, address(_token));
        _claim(_config(), second);
        SETTLEMENT.settle(RECEIVER, address(_token));
        _claim(_config(), AMOUNT);

        SETTLEMENT.settle(RECEIVER, address(_token));

        vm.assertEq(_token.balanceOf(RECEIVER), AMOUNT);
        _assertReceipts(RECEIVER, AMOUNT, AMOUNT);
    }

    function test_AMulticallClaimsAndSettlesOnce() public {
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_line(_config(), 5));
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        bytes[] memory calls = new bytes[](4);
        calls[0] = abi.encodeCall(IBatchSettlement.claimWithSignature, (lines, signature));
        calls[1] = abi.encodeCall(IBatchSettlement.settle, (RECEIVER, address(_token)));
        (calls[2], calls[3]) = (calls[0], calls[1]);

        vm.prank(FACILITATOR);
        SETTLEMENT.multicall(calls);

        _assertReceipts(RECEIVER, 5, 5);
        vm.assertEq(_token.balanceOf(RECEIVER), 5);
    }

    function _depositOf(address payer, IBatchSettlement.ChannelConfig memory config, uint128 amount) private {
        bytes32 id = SETTLEMENT.getChannelId(config);
        bytes memory data = _consentOf(payer, PAYER_KEY, _token, id, amount, 7);
        SETTLEMENT.deposit(config, amount, ERC3009_COLLECTOR, data);
    }

    function _expectInvalid(IBatchSettlement.VoucherClaim memory line) private {
        address signer = line.voucher.channel.payerAuthorizer;
        if (signer == address(0)) signer = line.voucher.channel.payer;
        bytes32 digest =
            SETTLEMENT.getVoucherDigest(SETTLEMENT.getChannelId(line.voucher.channel), line.voucher.maxClaimableAmount);
        _expectFault(
            line, abi.encodeWithSelector(IBatchSettlement.BatchSettlementInvalidSignature.selector, signer, digest)
        );
    }

    function _expectFault(IBatchSettlement.VoucherClaim memory line, bytes memory fault) private {
        IBatchSettlement.VoucherClaim[] memory lines = _batch(line);
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        vm.expectRevert(fault);
        SETTLEMENT.claimWithSignature(lines, signature);
        vm.expectRevert(fault);
        vm.prank(RECEIVER);
        SETTLEMENT.claim(lines);
    }
}
