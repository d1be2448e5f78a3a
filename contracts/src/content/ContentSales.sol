// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20, SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {Commitments} from "../core/Commitments.sol";
import {IFees} from "../licence/IFees.sol";
import {Permit} from "../licence/Permit.sol";
import {ContentRoyalties} from "./ContentRoyalties.sol";
import {IContentSales} from "./IContentSales.sol";
import {Terms} from "./Terms.sol";

/// @dev Implementation of {IContentSales}: mints and collects the price.
abstract contract ContentSales is IContentSales, ContentRoyalties, Commitments {
    using SafeERC20 for IERC20;

    IFees private immutable _fees;

    constructor(IFees fees) {
        _fees = fees;
    }

    /// @dev Sells content of `creator` to the caller; `receiver` gets the token.
    function _sell(
        Content calldata content,
        Terms calldata terms,
        address creator,
        address receiver,
        uint256 claimedAt
    )
        internal
    {
        uint256 tokenId = uint256(content.contentDigest);
        if (block.timestamp > terms.validUntil) revert ContentSalesExpired(tokenId, terms.validUntil);
        _create(content, creator, receiver, claimedAt);
        (uint16 feeBps, address recipient) = _fees.fee();
        uint256 fee = uint256(terms.price) * feeBps / BASIS_POINTS;
        if (address(terms.currency) == address(0)) fee = _collectEther(tokenId, terms.price, fee, recipient);
        else _collect(tokenId, terms.currency, terms.price, fee, recipient);
        emit ContentSold(tokenId, creator, receiver, terms.currency, terms.price, fee);
    }

    /// @dev Submits the caller's permit. Somebody may have done so before, or the caller may have allowed enough anyway:
    /// whether the allowance suffices shows when it is used.
    function _permit(IERC20 currency, Permit calldata permit) internal {
        try IERC20Permit(address(currency))
            .permit(_msgSender(), address(this), permit.value, permit.deadline, permit.v, permit.r, permit.s) {}
            catch {}
    }

    function _collect(uint256 tokenId, IERC20 currency, uint256 price, uint256 fee, address recipient) private {
        if (msg.value != 0) revert ContentSalesWrongValue(msg.value, 0);
        if (fee != 0) currency.safeTransferFrom(_msgSender(), recipient, fee);
        if (price != fee) currency.safeTransferFrom(_msgSender(), royaltyAccountOf(tokenId), price - fee);
    }

    /// @dev A recipient that refuses ether gets no fee, and stops no sale.
    function _collectEther(
        uint256 tokenId,
        uint256 price,
        uint256 fee,
        address recipient
    )
        private
        returns (uint256 feePaid)
    {
        if (msg.value != price) revert ContentSalesWrongValue(msg.value, price);
        // solhint-disable-next-line avoid-low-level-calls
        (bool paid,) = payable(recipient).call{value: fee}("");
        if (paid) feePaid = fee;
        if (price != feePaid) Address.sendValue(payable(royaltyAccountOf(tokenId)), price - feePaid);
    }
}
