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

/// @dev The settlement contracts at their addresses, and what is signed for them.
abstract contract SettlementSigning is TestCase {
    bytes32 internal constant RECEIVE = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    address internal constant ERC3009_COLLECTOR = SettlementAddresses.ERC3009_COLLECTOR;
    BatchSettlement internal constant SETTLEMENT = BatchSettlement(SettlementAddresses.SETTLEMENT);

    function _install() internal {
        vm.etch(SettlementAddresses.SETTLEMENT, address(new BatchSettlement()).code);
        vm.etch(SettlementAddresses.ERC3009_COLLECTOR, address(new Erc3009DepositCollector()).code);
        vm.etch(SettlementAddresses.PERMIT2_COLLECTOR, address(new Permit2DepositCollector()).code);
        vm.etch(SettlementAddresses.PERMIT2, address(new Permit2()).code);
    }

    /// @dev What `payer` consents to by the signature of `key`.
    function _consentOf(
        address payer,
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
                RECEIVE, payer, ERC3009_COLLECTOR, amount, 0, type(uint256).max, keccak256(abi.encode(channelId, salt))
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash));
        return abi.encode(0, type(uint256).max, salt, _sign(key, digest));
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

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
