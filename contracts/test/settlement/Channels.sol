// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {SettlementSigning} from "./SettlementSigning.sol";

/// @dev A payer with tokens, a receiver with an authorizer, and what they do with channels.
abstract contract Channels is SettlementSigning {
    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant AUTHORIZER_KEY = 0xFACE;
    uint256 internal constant SUPPLY = 1_000_000e6;
    uint40 internal constant DELAY = 15 minutes;
    address internal constant RECEIVER = address(0x5E11E5);
    address internal constant FACILITATOR = address(0xFAC);

    AssayToken internal _token;
    address internal _payer;
    address internal _authorizer;
    uint256 private _deposits;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        _payer = vm.addr(PAYER_KEY);
        _authorizer = vm.addr(AUTHORIZER_KEY);
        _token = new AssayToken(_payer, SUPPLY);
        _install();
    }

    function _config() internal view returns (IBatchSettlement.ChannelConfig memory) {
        return IBatchSettlement.ChannelConfig({
            payer: _payer,
            payerAuthorizer: _payer,
            receiver: RECEIVER,
            receiverAuthorizer: _authorizer,
            token: address(_token),
            withdrawDelay: DELAY,
            salt: "salt"
        });
    }

    function _configWith(bytes32 salt) internal view returns (IBatchSettlement.ChannelConfig memory config) {
        config = _config();
        config.salt = salt;
    }

    /// @dev Deposits by an authorization that the payer of `PAYER_KEY` signs.
    function _deposit(IBatchSettlement.ChannelConfig memory config, uint128 amount) internal returns (bytes32 id) {
        id = SETTLEMENT.getChannelId(config);
        bytes memory data = _consent(PAYER_KEY, _token, id, amount, ++_deposits);
        SETTLEMENT.deposit(config, amount, ERC3009_COLLECTOR, data);
    }

    function _consent(
        uint256 key,
        AssayToken token,
        bytes32 channelId,
        uint128 amount,
        uint256 salt
    )
        internal
        view
        returns (bytes memory)
    {
        return _consentOf(vm.addr(key), key, token, channelId, amount, salt);
    }

    /// @dev A line with a voucher of exactly its sum, signed with `PAYER_KEY`.
    function _line(
        IBatchSettlement.ChannelConfig memory config,
        uint128 total
    )
        internal
        view
        returns (IBatchSettlement.VoucherClaim memory)
    {
        return _lineSignedBy(PAYER_KEY, config, total, total);
    }

    function _claim(IBatchSettlement.ChannelConfig memory config, uint128 total) internal {
        _claimSigned(_batch(_line(config, total)));
    }

    function _claimSigned(IBatchSettlement.VoucherClaim[] memory lines) internal {
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getClaimBatchDigest(lines));
        vm.prank(FACILITATOR);
        SETTLEMENT.claimWithSignature(lines, signature);
    }

    function _refundSigned(IBatchSettlement.ChannelConfig memory config, uint128 amount) internal {
        bytes32 id = SETTLEMENT.getChannelId(config);
        uint256 nonce = SETTLEMENT.refundNonce(id);
        bytes memory signature = _sign(AUTHORIZER_KEY, SETTLEMENT.getRefundDigest(id, nonce, amount));
        vm.prank(FACILITATOR);
        SETTLEMENT.refundWithSignature(config, amount, nonce, signature);
    }

    function _assertChannel(bytes32 id, uint128 expectedBalance, uint128 expectedClaimed) internal view {
        (uint128 balance, uint128 totalClaimed) = SETTLEMENT.channels(id);
        vm.assertEq(balance, expectedBalance, "balance");
        vm.assertEq(totalClaimed, expectedClaimed, "totalClaimed");
    }

    function _assertReceipts(address receiver, uint128 expectedClaimed, uint128 expectedSettled) internal view {
        (uint128 totalClaimed, uint128 totalSettled) = SETTLEMENT.receivers(receiver, address(_token));
        vm.assertEq(totalClaimed, expectedClaimed, "totalClaimed");
        vm.assertEq(totalSettled, expectedSettled, "totalSettled");
    }
}
