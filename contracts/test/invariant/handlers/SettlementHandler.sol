// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "../../../src/settlement/IBatchSettlement.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {UnfaithfulCollector} from "../../settlement/Collectors.sol";
import {SettlementSigning} from "../../settlement/SettlementSigning.sol";
import {Cast} from "./Cast.sol";

/**
 * @dev Every member of the cast has a channel, to one of two receivers. They sign, claim, replay, refund and withdraw in
 * any order, alone and in multicalls. What went right is counted here; what must fail is counted when it does not.
 */
contract SettlementHandler is Cast, SettlementSigning {
    uint256 public constant CHANNELS = 4;
    uint256 private constant AUTHORIZER_KEY = 0xFACE;
    uint40 private constant DELAY = 15 minutes;

    AssayToken public immutable token;
    UnfaithfulCollector private immutable _unfaithful = new UnfaithfulCollector();

    mapping(uint256 channel => uint128 sum) public deposited;
    mapping(uint256 channel => uint128 sum) public givenBack;

    /// @dev The largest sum that the payer of the channel ever signed.
    mapping(uint256 channel => uint128 sum) public signed;

    /// @dev Claims within voucher and balance that were refused, whatever was announced or executed before.
    uint256 public refusedClaims;

    /// @dev Withdrawals before their time, second uses of a consent or refund, deposits of less than they say, and claims
    /// above voucher or balance or without the authorizer.
    uint256 public wrongs;

    uint256 private _salt;
    bytes[] private _sent;

    constructor(uint256 supply) {
        _install();
        token = new AssayToken(address(this), supply);
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            token.transfer(member(i), supply / CAST_SIZE);
        }
    }

    function receiverOf(uint256 channel) public pure returns (address) {
        return channel % CHANNELS < CHANNELS / 2 ? address(0x5E11) : address(0x5E12);
    }

    function configOf(uint256 channel) public view returns (IBatchSettlement.ChannelConfig memory) {
        channel %= CHANNELS;
        address payer = member(channel);
        return IBatchSettlement.ChannelConfig({
            payer: payer,
            payerAuthorizer: channel % 2 == 0 ? payer : address(0),
            receiver: receiverOf(channel),
            receiverAuthorizer: vm.addr(AUTHORIZER_KEY),
            token: address(token),
            withdrawDelay: DELAY,
            salt: bytes32(channel)
        });
    }

    function idOf(uint256 channel) public view returns (bytes32) {
        return SETTLEMENT.getChannelId(configOf(channel));
    }

    function deposit(uint256 channel, uint128 amount, uint128 vouched) external {
        channel %= CHANNELS;
        IBatchSettlement.ChannelConfig memory config = configOf(channel);
        uint256 held = token.balanceOf(config.payer);
        if (held == 0) return;
        amount = uint128(_bound(amount, 1, held < 1e6 ? held : 1e6));
        bytes memory data = _consentOf(config.payer, _key(channel), token, idOf(channel), amount, ++_salt);
        SETTLEMENT.deposit(config, amount, ERC3009_COLLECTOR, data);
        deposited[channel] += amount;
        signed[channel] += uint128(_bound(vouched, 0, 2e6));
        try SETTLEMENT.deposit(config, amount, ERC3009_COLLECTOR, data) {
            wrongs += 1;
        } catch {}
    }

    function depositUnfaithfully(uint256 channel, uint128 amount, uint256 short) external {
        IBatchSettlement.ChannelConfig memory config = configOf(channel);
        uint256 held = token.balanceOf(config.payer);
        if (held == 0) return;
        amount = uint128(_bound(amount, 1, held));
        vm.prank(config.payer);
        token.approve(address(_unfaithful), amount);
        _unfaithful.beUnfaithful(_bound(short, 1, amount), 0);
        try SETTLEMENT.deposit(config, amount, address(_unfaithful), "") {
            wrongs += 1;
        } catch {}
    }

    /// @dev Claims a fuzzed part of what three channels in a row allow, one of them perhaps twice.
    function claim(uint256 channel, uint256 share, bool bySignature) external {
        channel %= CHANNELS;
        IBatchSettlement.VoucherClaim[] memory lines = new IBatchSettlement.VoucherClaim[](3);
        for (uint256 i = 0; i < 3; ++i) {
            lines[i] = _allowed(bySignature ? channel + i % 2 : channel, uint256(keccak256(abi.encode(share, i))));
        }
        if (!bySignature) {
            vm.prank(receiverOf(channel));
            try SETTLEMENT.claim(lines) {}
            catch {
                refusedClaims += 1;
            }
            return;
        }
        bytes memory call = _claimCall(lines);
        (bool success,) = address(SETTLEMENT).call(call);
        if (success) _sent.push(call);
        else refusedClaims += 1;
    }

    /// @dev An older batch, sent again: passed over, whatever has happened since.
    function claimAgain(uint256 index) external {
        if (_sent.length == 0) return;
        (bool success,) = address(SETTLEMENT).call(_sent[index % _sent.length]);
        if (!success) wrongs += 1; // its sums were reached before, so that it changes nothing
    }

    function claimTooMuch(uint256 channel, uint128 more, bool overBalance) external {
        channel %= CHANNELS;
        (uint128 balance,) = SETTLEMENT.channels(idOf(channel));
        uint128 total = (overBalance ? balance : signed[channel]) + uint128(_bound(more, 1, 1e6));
        uint128 limit = overBalance ? total : signed[channel];
        IBatchSettlement.VoucherClaim memory line = _lineSignedBy(_key(channel), configOf(channel), limit, total);
        (bool success,) = address(SETTLEMENT).call(_claimCall(_batch(line)));
        (, uint128 claimed) = SETTLEMENT.channels(idOf(channel));
        if (success && total > claimed) wrongs += 1;
        if (claimed > balance || claimed > signed[channel]) wrongs += 1;
    }

    function claimAsSomebodyElse(uint256 channel, uint256 thief) external {
        channel %= CHANNELS;
        IBatchSettlement.VoucherClaim[] memory lines = _batch(_allowed(channel, type(uint256).max));
        vm.prank(member(thief));
        try SETTLEMENT.claim(lines) {
            wrongs += 1;
        } catch {}
        (, uint128 claimed) = SETTLEMENT.channels(idOf(channel));
        lines[0] = _lineSignedBy(_key(channel + 1), configOf(channel), type(uint128).max, claimed + 1);
        (bool success,) = address(SETTLEMENT).call(_claimCall(lines));
        if (success) wrongs += 1;
    }

    function settle(uint256 channel) external {
        SETTLEMENT.settle(receiverOf(channel), address(token));
    }

    function refund(uint256 channel, uint128 amount) external {
        channel %= CHANNELS;
        (uint128 balance, uint128 claimed) = SETTLEMENT.channels(idOf(channel));
        if (balance == claimed) return;
        amount = uint128(_bound(amount, 1, 2e6));
        bytes memory call = _refundCall(channel, amount);
        (bool success,) = address(SETTLEMENT).call(call);
        if (!success) wrongs += 1;
        _noteGivenBack(channel, balance);
        (success,) = address(SETTLEMENT).call(call);
        if (success) wrongs += 1;
    }

    function announce(uint256 channel, uint128 amount) external {
        IBatchSettlement.ChannelConfig memory config = configOf(channel);
        (uint128 balance, uint128 claimed) = SETTLEMENT.channels(idOf(channel));
        if (balance == claimed) return;
        vm.prank(config.payer);
        SETTLEMENT.initiateWithdraw(config, uint128(_bound(amount, 1, balance - claimed)));
    }

    function finalize(uint256 channel) external {
        channel %= CHANNELS;
        (uint128 balance,) = SETTLEMENT.channels(idOf(channel));
        (, uint40 initiatedAt) = SETTLEMENT.pendingWithdrawals(idOf(channel));
        bool ready = initiatedAt != 0 && block.timestamp >= initiatedAt + DELAY;
        try SETTLEMENT.finalizeWithdraw(configOf(channel)) {
            if (!ready) wrongs += 1;
            _noteGivenBack(channel, balance);
        } catch {
            if (ready) wrongs += 1;
        }
    }

    function wait(uint256 seconds_) external {
        vm.warp(block.timestamp + _bound(seconds_, 1, DELAY));
    }

    /// @dev All at once and most of it twice: claim, settle, refund, withdraw.
    function grab(uint256 channel, uint256 share) external {
        channel %= CHANNELS;
        (uint128 balance,) = SETTLEMENT.channels(idOf(channel));
        bytes memory claimCall = _claimCall(_batch(_allowed(channel, share)));
        bytes[] memory calls = new bytes[](6);
        (calls[0], calls[2]) = (claimCall, claimCall);
        calls[1] = abi.encodeCall(IBatchSettlement.settle, (receiverOf(channel), address(token)));
        (calls[3], calls[5]) = (calls[1], calls[1]);
        calls[4] = _refundCall(channel, type(uint128).max);
        try SETTLEMENT.multicall(calls) {
            _noteGivenBack(channel, balance);
        } catch {} // nothing is left to refund
        calls[5] = calls[4];
        try SETTLEMENT.multicall(calls) {
            wrongs += 1;
        } catch {}
    }

    /// @dev A line up to a share of what voucher and balance allow.
    function _allowed(uint256 channel, uint256 share) private view returns (IBatchSettlement.VoucherClaim memory) {
        channel %= CHANNELS;
        (uint128 balance,) = SETTLEMENT.channels(idOf(channel));
        uint128 limit = signed[channel] < balance ? signed[channel] : balance;
        return _lineSignedBy(_key(channel), configOf(channel), signed[channel], uint128(_bound(share, 0, limit)));
    }

    function _claimCall(IBatchSettlement.VoucherClaim[] memory lines) private view returns (bytes memory) {
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        return abi.encodeCall(IBatchSettlement.claimWithSignature, (lines, signature));
    }

    function _refundCall(uint256 channel, uint128 amount) private view returns (bytes memory) {
        bytes32 id = idOf(channel);
        uint256 nonce = SETTLEMENT.refundNonce(id);
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getRefundDigest(id, nonce, amount));
        return abi.encodeCall(IBatchSettlement.refundWithSignature, (configOf(channel), amount, nonce, signature));
    }

    function _noteGivenBack(uint256 channel, uint128 balanceBefore) private {
        (uint128 balance,) = SETTLEMENT.channels(idOf(channel));
        givenBack[channel] += balanceBefore - balance;
    }
}
