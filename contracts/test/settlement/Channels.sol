// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {BatchSettlement} from "../../src/settlement/BatchSettlement.sol";
import {Erc3009DepositCollector} from "../../src/settlement/Erc3009DepositCollector.sol";
import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Permit2} from "../../src/settlement/Permit2.sol";
import {Permit2DepositCollector} from "../../src/settlement/Permit2DepositCollector.sol";
import {SettlementAddresses} from "../../src/settlement/SettlementAddresses.sol";
import {AssayToken} from "../../src/token/AssayToken.sol";
import {TestCase} from "../support/TestCase.sol";

/// @dev The settlement contracts at their addresses, a payer with tokens, and everybody's signatures.
abstract contract Channels is TestCase {
    bytes32 internal constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    uint256 internal constant PAYER_KEY = 0xA11CE;
    uint256 internal constant AUTHORIZER_KEY = 0xFACE;
    uint256 internal constant SUPPLY = 1_000_000e6;
    uint40 internal constant DELAY = 15 minutes;
    address internal constant RECEIVER = address(0x5E11E5);
    address internal constant FACILITATOR = address(0xFAC);

    BatchSettlement internal constant SETTLEMENT = BatchSettlement(SettlementAddresses.SETTLEMENT);

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

    function _install() internal {
        vm.etch(SettlementAddresses.SETTLEMENT, address(new BatchSettlement()).code);
        vm.etch(SettlementAddresses.ERC3009_COLLECTOR, address(new Erc3009DepositCollector()).code);
        vm.etch(SettlementAddresses.PERMIT2_COLLECTOR, address(new Permit2DepositCollector()).code);
        vm.etch(SettlementAddresses.PERMIT2, address(new Permit2()).code);
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
        SETTLEMENT.deposit(config, amount, SettlementAddresses.ERC3009_COLLECTOR, data);
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
        bytes32 structHash = keccak256(
            abi.encode(
                RECEIVE,
                vm.addr(key),
                SettlementAddresses.ERC3009_COLLECTOR,
                amount,
                0,
                type(uint256).max,
                keccak256(abi.encode(channelId, salt))
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash));
        return abi.encode(0, type(uint256).max, salt, _sign(key, digest));
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

    function _lineSignedBy(
        uint256 key,
        IBatchSettlement.ChannelConfig memory config,
        uint128 maxClaimable,
        uint128 total
    )
        internal
        view
        returns (IBatchSettlement.VoucherClaim memory)
    {
        bytes32 digest = SETTLEMENT.getVoucherDigest(SETTLEMENT.getChannelId(config), maxClaimable);
        IBatchSettlement.Voucher memory voucher = IBatchSettlement.Voucher(config, maxClaimable);
        return IBatchSettlement.VoucherClaim(voucher, _sign(key, digest), total);
    }

    function _batch(IBatchSettlement.VoucherClaim memory line)
        internal
        pure
        returns (IBatchSettlement.VoucherClaim[] memory lines)
    {
        lines = new IBatchSettlement.VoucherClaim[](1);
        lines[0] = line;
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

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
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
