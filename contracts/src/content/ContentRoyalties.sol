// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ContentRecords} from "./ContentRecords.sol";
import {IContentRoyalties} from "./IContentRoyalties.sol";
import {IContentToken} from "./IContentToken.sol";
import {IRoyaltyAccount} from "./IRoyaltyAccount.sol";
import {RoyaltyAccount} from "./RoyaltyAccount.sol";
import {Share} from "./Share.sol";

/// @dev Implementation of {IContentRoyalties} and ERC-2981.
abstract contract ContentRoyalties is IContentRoyalties, ContentRecords, IERC2981, ReentrancyGuardTransient {
    address private immutable _royaltyAccount = address(new RoyaltyAccount());

    /// @dev Where assets have their owners.
    address internal immutable _registry;

    constructor(address registry) {
        _registry = registry;
    }

    /// @inheritdoc IContentRoyalties
    function releaseRoyalty(
        uint256 tokenId,
        Provenance calldata provenance,
        Share[] calldata shares,
        IERC20 currency
    )
        external
        nonReentrant
        returns (uint256 amount)
    {
        if (!verifyProvenance(tokenId, provenance)) revert ContentTokenWrongProvenance(tokenId);
        Share[] memory checked = _checkedShares(tokenId, provenance, shares);
        IRoyaltyAccount.Payee[] memory payees = new IRoyaltyAccount.Payee[](checked.length);
        for (uint256 i = 0; i < checked.length; ++i) {
            payees[i] = IRoyaltyAccount.Payee(_nameOf(checked[i]), payable(_payeeOf(checked[i])), checked[i].bps);
        }
        address account = royaltyAccountOf(tokenId);
        if (account.code.length == 0) Clones.cloneDeterministic(_royaltyAccount, bytes32(tokenId));
        (uint256[] memory paid, uint256[] memory kept) = IRoyaltyAccount(account).release(currency, payees);
        for (uint256 i = 0; i < checked.length; ++i) {
            amount += paid[i];
            if (paid[i] != 0) emit RoyaltyReleased(tokenId, payees[i].account, currency, paid[i]);
            if (kept[i] != 0) emit RoyaltyKept(tokenId, checked[i].account, checked[i].asset, currency, kept[i]);
        }
    }

    /// @inheritdoc IContentRoyalties
    function withdrawKept(
        uint256 tokenId,
        Share calldata share,
        IERC20 currency,
        address payable receiver
    )
        external
        nonReentrant
        returns (uint256 amount)
    {
        address payee = _payeeOf(share);
        if (payee != _msgSender()) revert ContentRoyaltiesNotPayee(tokenId, _msgSender(), payee);
        amount = IRoyaltyAccount(royaltyAccountOf(tokenId)).withdraw(currency, _nameOf(share), receiver);
        emit RoyaltyReleased(tokenId, payee, currency, amount);
    }

    /// @inheritdoc IContentRoyalties
    function keptFor(uint256 tokenId, Share calldata share, IERC20 currency) external view returns (uint256) {
        address account = royaltyAccountOf(tokenId);
        return account.code.length == 0 ? 0 : IRoyaltyAccount(account).keptFor(currency, _nameOf(share));
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 tokenId,
        uint256 salePrice
    )
        external
        view
        returns (address receiver, uint256 royaltyAmount)
    {
        receiver = royaltyAccountOf(tokenId);
        royaltyAmount = Math.mulDiv(salePrice, _requireMinted(tokenId).royaltyBps, BASIS_POINTS);
    }

    /// @inheritdoc IContentToken
    function royaltyAccountOf(uint256 tokenId) public view returns (address) {
        return Clones.predictDeterministicAddress(_royaltyAccount, bytes32(tokenId));
    }

    /// @dev Who owns an asset; 0 if nobody does.
    function _ownerOfAsset(uint256 asset) internal view returns (address) {
        try IERC721(_registry).ownerOf(asset) returns (address owner) {
            return owner;
        } catch {
            return address(0);
        }
    }

    function _payeeOf(Share memory share) private view returns (address) {
        return share.account == address(0) ? _ownerOfAsset(share.asset) : share.account;
    }

    function _checkedShares(
        uint256 tokenId,
        Provenance calldata provenance,
        Share[] calldata shares
    )
        private
        pure
        returns (Share[] memory checked)
    {
        bytes32 digest = shares.length == 0 ? bytes32(0) : keccak256(abi.encode(shares));
        if (digest != provenance.sharesDigest) {
            revert ContentRoyaltiesWrongShares(tokenId, digest, provenance.sharesDigest);
        }
        if (shares.length != 0) return shares;
        checked = new Share[](1);
        checked[0] = Share(provenance.creator, 0, uint16(BASIS_POINTS));
    }

    /// @dev Of a payee, not of a share: what is kept for an account is one sum, in whatever shares it comes.
    function _nameOf(Share memory share) private pure returns (bytes32) {
        return
            share.account == address(0) ? keccak256(abi.encode(share.asset)) : bytes32(uint256(uint160(share.account)));
    }
}
