// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The register of datasets, models and services
 * @notice Each asset is an ERC-721 token whose id is the digest of the asset's content. Whoever registers a digest
 * first, protected by commit and reveal ({ICommitments}), is its creator for ever; the token can be sold.
 */
interface IAssetRegistry {
    /// @notice What an asset is.
    enum AssetKind {
        Dataset,
        Model,
        Service
    }

    /**
     * @notice What a creator says about a new asset.
     * @param contentDigest SHA-256 of the content; for a folder, the digest in its root CID. Becomes the asset's id.
     * @param metadataDigest SHA-256 of the asset's metadata, one raw block in the store.
     * @param parent the asset that this one is a version of or serves; 0 for none.
     * @param kind dataset, model or service.
     * @param licence the first four bytes of keccak256 of the licence's SPDX identifier.
     * @param royaltyBps the creator's share of a resale in hundredths of a per cent.
     * @param price the price of a use in the smallest unit of {currency}; 0 if it is not for sale.
     */
    struct Registration {
        bytes32 contentDigest;
        bytes32 metadataDigest;
        uint256 parent;
        AssetKind kind;
        bytes4 licence;
        uint16 royaltyBps;
        uint96 price;
    }

    /// @notice What the register knows about an asset; `registeredAt` is in seconds since 1970.
    struct Asset {
        address creator;
        uint40 registeredAt;
        AssetKind kind;
        uint16 royaltyBps;
        bytes4 licence;
        bytes32 metadataDigest;
        uint256 parent;
        uint96 price;
    }

    /// @notice An asset was registered for the first time.
    event AssetRegistered(
        uint256 indexed assetId,
        address indexed creator,
        AssetKind indexed kind,
        bytes32 metadataDigest,
        uint256 parent,
        bytes4 licence,
        uint16 royaltyBps,
        uint96 price,
        uint40 registeredAt
    );

    /// @notice The owner changed the price of a use.
    event PriceChanged(uint256 indexed assetId, uint96 price);

    /// @notice The content is registered already.
    error AssetRegistryAlreadyRegistered(uint256 assetId, address owner);

    /// @notice No asset has this id.
    error AssetRegistryUnknownAsset(uint256 assetId);

    /// @notice The parent is not a registered asset.
    error AssetRegistryUnknownParent(uint256 parent);

    /// @notice Content and metadata both need a digest other than zero.
    error AssetRegistryZeroDigest(bytes32 contentDigest, bytes32 metadataDigest);

    /// @notice A royalty is at most 10000, the whole price.
    error AssetRegistryRoyaltyTooHigh(uint16 royaltyBps);

    /// @notice Only the owner of the asset can do this.
    error AssetRegistryNotOwner(uint256 assetId, address caller, address owner);

    /**
     * @notice Registers an asset for the caller, who committed to its content digest before.
     * @param salt the secret of that commitment.
     * @return assetId the content digest as a number.
     */
    function register(Registration calldata registration, bytes32 salt) external returns (uint256 assetId);

    /// @notice Sets the price of a use, in the smallest unit of {currency}; 0 takes the asset off sale.
    function setPrice(uint256 assetId, uint96 price) external;

    /// @notice Everything that the register knows about an asset; reverts if there is none.
    function assetOf(uint256 assetId) external view returns (Asset memory);

    /// @notice The ERC-20 token that prices are in.
    function currency() external view returns (address);
}
