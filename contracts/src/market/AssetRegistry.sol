// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Commitments} from "../core/Commitments.sol";
import {RawCid} from "../core/RawCid.sol";
import {IAssetRegistry} from "./IAssetRegistry.sol";

/// @dev Implementation of {IAssetRegistry}.
contract AssetRegistry is IAssetRegistry, ERC721, IERC2981, Commitments {
    /// @dev The facts of an asset that fit into one slot of storage.
    struct Facts {
        uint96 price;
        uint40 registeredAt;
        AssetKind kind;
        uint16 royaltyBps;
        bytes4 licence;
    }

    uint256 private constant BASIS_POINTS = 10_000;

    address private immutable _currency;

    mapping(uint256 assetId => Facts) private _facts;
    mapping(uint256 assetId => bytes32 digest) private _metadataDigests;

    /// @dev Written only for assets that have a parent.
    mapping(uint256 assetId => uint256 parent) private _parents;

    /// @dev Written on the first transfer only: until then the creator is the owner.
    mapping(uint256 assetId => address creator) private _creators;

    constructor(
        address currency_,
        uint256 minimumAgeBlocks_
    )
        ERC721("Assay Asset", "ASSET")
        Commitments(minimumAgeBlocks_)
    {
        _currency = currency_;
    }

    /// @inheritdoc IAssetRegistry
    function register(Registration calldata registration, bytes32 salt) external returns (uint256 assetId) {
        assetId = uint256(registration.contentDigest);
        address owner = _ownerOf(assetId);
        if (owner != address(0)) revert AssetRegistryAlreadyRegistered(assetId, owner);
        _checkRegistration(registration);
        _reveal(_msgSender(), registration.contentDigest, salt);
        _store(assetId, registration);
        _mint(_msgSender(), assetId);
        emit AssetRegistered(
            assetId,
            _msgSender(),
            registration.kind,
            registration.metadataDigest,
            registration.parent,
            registration.licence,
            registration.royaltyBps,
            registration.price,
            uint40(block.timestamp)
        );
    }

    /// @inheritdoc IAssetRegistry
    function setPrice(uint256 assetId, uint96 price) external {
        address owner = _requireAsset(assetId);
        if (owner != _msgSender()) revert AssetRegistryNotOwner(assetId, _msgSender(), owner);
        _facts[assetId].price = price;
        emit PriceChanged(assetId, price);
    }

    /// @inheritdoc IAssetRegistry
    function assetOf(uint256 assetId) external view returns (Asset memory) {
        Facts memory facts = _facts[assetId];
        return Asset({
            creator: _creatorOf(assetId),
            registeredAt: facts.registeredAt,
            kind: facts.kind,
            royaltyBps: facts.royaltyBps,
            licence: facts.licence,
            metadataDigest: _metadataDigests[assetId],
            parent: _parents[assetId],
            price: facts.price
        });
    }

    /// @inheritdoc IAssetRegistry
    function currency() external view returns (address) {
        return _currency;
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 assetId,
        uint256 salePrice
    )
        external
        view
        returns (address receiver, uint256 royaltyAmount)
    {
        receiver = _creatorOf(assetId);
        royaltyAmount = Math.mulDiv(salePrice, _facts[assetId].royaltyBps, BASIS_POINTS);
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 assetId) public view override returns (string memory) {
        _requireAsset(assetId);
        return RawCid.uri(_metadataDigests[assetId]);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Remembers the creator when the asset leaves the creator's hands.
    function _update(address to, uint256 assetId, address auth) internal override returns (address from) {
        from = super._update(to, assetId, auth);
        if (from != address(0) && _creators[assetId] == address(0)) _creators[assetId] = from;
    }

    function _store(uint256 assetId, Registration calldata registration) private {
        _facts[assetId] = Facts({
            price: registration.price,
            registeredAt: uint40(block.timestamp),
            kind: registration.kind,
            royaltyBps: registration.royaltyBps,
            licence: registration.licence
        });
        _metadataDigests[assetId] = registration.metadataDigest;
        if (registration.parent != 0) _parents[assetId] = registration.parent;
    }

    function _checkRegistration(Registration calldata registration) private view {
        if (registration.contentDigest == 0 || registration.metadataDigest == 0) {
            revert AssetRegistryZeroDigest(registration.contentDigest, registration.metadataDigest);
        }
        if (registration.royaltyBps > BASIS_POINTS) revert AssetRegistryRoyaltyTooHigh(registration.royaltyBps);
        if (registration.parent != 0 && _ownerOf(registration.parent) == address(0)) {
            revert AssetRegistryUnknownParent(registration.parent);
        }
    }

    function _creatorOf(uint256 assetId) private view returns (address) {
        address owner = _requireAsset(assetId);
        address creator = _creators[assetId];
        return creator == address(0) ? owner : creator;
    }

    function _requireAsset(uint256 assetId) private view returns (address owner) {
        owner = _ownerOf(assetId);
        if (owner == address(0)) revert AssetRegistryUnknownAsset(assetId);
    }
}
