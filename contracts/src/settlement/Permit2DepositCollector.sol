// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

import {IDepositCollector} from "./IDepositCollector.sol";
import {IPermit2} from "./IPermit2.sol";
import {SettlementAddresses} from "./SettlementAddresses.sol";

/**
 * @title Deposits by a signed transfer through Permit2, for any ERC-20 token
 * @dev The collector's data is `abi.encode(uint256 nonce, uint256 deadline, bytes permit2Signature, bytes permit)`. The
 * first three are a `PermitWitnessTransferFrom` with this contract as spender, whose witness binds it to the one channel.
 * `permit` is empty, or a permit of the token (ERC-2612) that allows Permit2 to move the payer's tokens:
 * `abi.encode(uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)`.
 */
contract Permit2DepositCollector is IDepositCollector {
    bytes32 private constant WITNESS_TYPEHASH = keccak256("DepositWitness(bytes32 channelId)");
    string private constant WITNESS_TYPE =
        "DepositWitness witness)DepositWitness(bytes32 channelId)TokenPermissions(address token,uint256 amount)";

    /// @inheritdoc IDepositCollector
    function collect(
        address payer,
        address token,
        uint256 amount,
        bytes32 channelId,
        bytes calldata collectorData
    )
        external
    {
        if (msg.sender != SettlementAddresses.SETTLEMENT) revert DepositCollectorCallerNotSettlement(msg.sender);
        (uint256 nonce, uint256 deadline, bytes memory signature, bytes memory permit) =
            abi.decode(collectorData, (uint256, uint256, bytes, bytes));
        if (permit.length > 0) _usePermit(payer, token, permit);
        IPermit2.PermitTransferFrom memory transfer =
            IPermit2.PermitTransferFrom(IPermit2.TokenPermissions(token, amount), nonce, deadline);
        IPermit2(SettlementAddresses.PERMIT2)
            .permitWitnessTransferFrom(
                transfer,
                IPermit2.SignatureTransferDetails(msg.sender, amount),
                payer,
                keccak256(abi.encode(WITNESS_TYPEHASH, channelId)),
                WITNESS_TYPE,
                signature
            );
    }

    /// @dev A permit that fails may have been used by somebody else just before; the allowance decides.
    function _usePermit(address payer, address token, bytes memory permit) private {
        (uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s) =
            abi.decode(permit, (uint256, uint256, uint8, bytes32, bytes32));
        try IERC20Permit(token).permit(payer, SettlementAddresses.PERMIT2, value, deadline, v, r, s) {} catch {}
    }
}
