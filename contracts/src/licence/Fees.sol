// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IFees} from "./IFees.sol";
import {Permit} from "./Permit.sol";

/// @dev Implementation of {IFees}, and all payments.
abstract contract Fees is IFees, Ownable2Step {
    using SafeERC20 for IERC20;

    struct Fee {
        address recipient;
        uint16 bps;
    }

    uint16 private constant MAXIMUM_FEE_BPS = 1000;
    uint256 private constant BASIS_POINTS = 10_000;

    address internal immutable _currency;

    Fee private _fee;

    constructor(address currency_, address owner, address feeRecipient, uint16 feeBps) Ownable(owner) {
        _currency = currency_;
        _setFee(feeBps, feeRecipient);
    }

    /// @inheritdoc IFees
    function setFee(uint16 feeBps, address recipient) external onlyOwner {
        _setFee(feeBps, recipient);
    }

    /// @inheritdoc IFees
    function fee() external view returns (uint16 feeBps, address recipient) {
        return (_fee.bps, _fee.recipient);
    }

    /// @inheritdoc IFees
    function currency() external view returns (address) {
        return _currency;
    }

    /// @inheritdoc IFees
    function maximumFeeBps() external pure returns (uint16) {
        return MAXIMUM_FEE_BPS;
    }

    /**
     * @dev Splits `price` between fee, royalty and seller and sends each its share.
     * @param payer who allowed this contract the price; or this contract, if it was sent the price just before.
     * @return feePaid the platform's share.
     */
    function _pay(
        address payer,
        address seller,
        uint96 price,
        address creator,
        uint96 royalty
    )
        internal
        returns (uint96 feePaid)
    {
        Fee memory current = _fee;
        uint96 rest = price - royalty;
        feePaid = uint96(uint256(price) * current.bps / BASIS_POINTS);
        if (feePaid > rest) feePaid = rest;
        _send(payer, creator, royalty);
        _send(payer, current.recipient, feePaid);
        _send(payer, seller, rest - feePaid);
    }

    /// @dev Submits the caller's permit. Somebody may have done so before, or the caller may have allowed enough anyway:
    /// whether the allowance suffices shows when it is used.
    function _permit(Permit calldata permit) internal {
        try IERC20Permit(_currency)
            .permit(_msgSender(), address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _checkPrice(uint96 price, uint96 maximumPrice) internal pure {
        if (price > maximumPrice) revert FeesAboveMaximum(price, maximumPrice);
    }

    function _send(address from, address to, uint96 amount) private {
        if (amount == 0) return;
        if (from == address(this)) IERC20(_currency).safeTransfer(to, amount);
        else IERC20(_currency).safeTransferFrom(from, to, amount);
    }

    function _setFee(uint16 feeBps, address recipient) private {
        if (feeBps > MAXIMUM_FEE_BPS) revert FeesTooHigh(feeBps, MAXIMUM_FEE_BPS);
        if (recipient == address(0)) revert FeesWithoutRecipient();
        _fee = Fee(recipient, feeBps);
        emit FeeChanged(feeBps, recipient);
    }
}
