// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {Permit} from "../licence/Permit.sol";
import {IRepostSales} from "./IRepostSales.sol";
import {Payment} from "./Payment.sol";

/// @dev Implementation of {IRepostSales}.
abstract contract RepostSales is IRepostSales, ERC721 {
    IERC20 internal immutable _currency;

    mapping(uint256 repostId => uint256 price) private _prices;

    constructor(IERC20 currency_) {
        _currency = currency_;
    }

    /// @inheritdoc IRepostSales
    function list(uint256 repostId, uint256 price) external {
        address owner = _requireOwner(repostId);
        if (price == 0 || price > type(uint96).max) revert RepostSalesWrongPrice(price);
        _prices[repostId] = price;
        emit RepostListed(repostId, owner, price);
    }

    /// @inheritdoc IRepostSales
    function withdrawListing(uint256 repostId) external {
        address owner = _requireOwner(repostId);
        if (_prices[repostId] == 0) revert RepostSalesNotListed(repostId);
        delete _prices[repostId];
        emit RepostListingWithdrawn(repostId, owner);
    }

    /// @inheritdoc IRepostSales
    function buy(uint256 repostId, uint256 maximumPrice) external {
        _buy(repostId, maximumPrice);
    }

    /// @inheritdoc IRepostSales
    function buyWithPermit(uint256 repostId, uint256 maximumPrice, Permit calldata permit) external {
        Payment.submit(_currency, permit);
        _buy(repostId, maximumPrice);
    }

    /// @inheritdoc IRepostSales
    function priceOf(uint256 repostId) external view returns (uint256 price) {
        return _prices[repostId];
    }

    /**
     * @dev Splits what is paid to a repost between the authors of its root and `receiver`.
     * @param payer who allowed this contract the amount; or this contract, if it was sent the amount just before.
     */
    function _settle(
        uint256 repostId,
        address payer,
        address receiver,
        uint256 amount
    )
        internal
        virtual
        returns (uint256 root, uint256 authorAmount);

    /// @dev A repost that changes hands is no longer listed.
    function _update(address to, uint256 repostId, address auth) internal override returns (address from) {
        if (_prices[repostId] != 0) delete _prices[repostId];
        return super._update(to, repostId, auth);
    }

    function _buy(uint256 repostId, uint256 maximumPrice) private {
        uint256 price = _prices[repostId];
        if (price == 0) revert RepostSalesNotListed(repostId);
        if (price > maximumPrice) revert RepostSalesAboveMaximum(price, maximumPrice);
        address seller = _update(_msgSender(), repostId, address(0));
        (uint256 root, uint256 authorAmount) = _settle(repostId, _msgSender(), seller, price);
        emit RepostSold(repostId, root, seller, _msgSender(), authorAmount, price - authorAmount);
    }

    function _requireOwner(uint256 repostId) private view returns (address owner) {
        owner = _requireOwned(repostId);
        if (owner != _msgSender()) revert RepostSalesNotOwner(repostId, _msgSender(), owner);
    }
}
