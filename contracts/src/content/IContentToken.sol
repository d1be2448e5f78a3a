// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title The register of generated content
 * @notice Each content is an ERC-721 token whose id is the SHA-256 of its bytes, so the same content cannot be minted
 * twice. The first to claim it, protected by commit and reveal ({ICommitments}), is its creator for ever. An id that was
 * burnt stays used.
 * @dev A token costs two slots of storage, one of a batch a single slot: where it came from is kept as a hash
 * ({ProvenanceHash}), which anyone can open with the values of {ContentMinted}.
 */
interface IContentToken {
    /**
     * @notice What a creator says about new content.
     * @param contentDigest SHA-256 of the content's bytes. Becomes the token's id.
     * @param promptDigest SHA-256 of the prompt, the request's canonical JSON.
     * @param model the asset that generated the content; 0 if it is not registered.
     * @param metadataDigest SHA-256 of the content's metadata, one raw block in the store.
     * @param sharesDigest keccak256(abi.encode(Share[])) of who earns; 0 if the creator alone does.
     * @param royaltyBps the share of a resale in hundredths of a per cent.
     */
    struct Content {
        bytes32 contentDigest;
        bytes32 promptDigest;
        uint256 model;
        bytes32 metadataDigest;
        bytes32 sharesDigest;
        uint16 royaltyBps;
    }

    /// @notice Where a token's content came from; the opening of the token's provenance hash.
    struct Provenance {
        bytes32 promptDigest;
        uint256 model;
        address creator;
        bytes32 metadataDigest;
        bytes32 sharesDigest;
    }

    /**
     * @notice What is known of a token.
     * @param owner who has it; 0 if it is burnt.
     * @param provenance the first 25 bytes of its hash.
     * @param mintedAt in seconds since 1970.
     * @param royaltyBps the share of a resale in hundredths of a per cent.
     * @param claimedAt the block in which the content was committed to.
     * @param revokedAt when the creator revoked it, in seconds since 1970; 0 if it is not revoked.
     * @param revocationReason the reason's code, see {IContentRevocation}.
     */
    struct TokenState {
        address owner;
        bytes25 provenance;
        uint40 mintedAt;
        uint16 royaltyBps;
        uint40 claimedAt;
        uint40 revokedAt;
        uint8 revocationReason;
    }

    /// @notice Content was minted at the time of this block, or reclaimed by who claimed it first.
    event ContentMinted(
        uint256 indexed tokenId,
        address indexed creator,
        uint256 indexed model,
        bytes32 promptDigest,
        bytes32 metadataDigest,
        bytes32 sharesDigest
    );

    /// @notice A batch of contents was minted whose metadata lie in the folder with this digest.
    event BatchMinted(uint256 indexed batch, address indexed creator, bytes32 folderDigest, uint256 count);

    /// @notice The content is minted already; the owner is 0 if its token was burnt.
    error ContentTokenAlreadyMinted(uint256 tokenId, address owner);

    /// @notice Content and metadata both need a digest other than zero.
    error ContentTokenZeroDigest(bytes32 contentDigest, bytes32 metadataDigest);

    /// @notice A royalty is at most 10000, the whole price.
    error ContentTokenRoyaltyTooHigh(uint16 royaltyBps);

    /// @notice A batch needs contents and a folder.
    error ContentTokenEmptyBatch();

    /// @notice The values are not those that the token was minted with.
    error ContentTokenWrongProvenance(uint256 tokenId);

    /// @notice Prompt, content and proof are not those of this token.
    error ContentTokenUnproven(uint256 tokenId);

    /**
     * @notice Mints a content token for the caller, who committed to its content digest before.
     * @param salt the secret of that commitment.
     * @return tokenId the content digest as a number.
     */
    function mint(Content calldata content, bytes32 salt) external returns (uint256 tokenId);

    /**
     * @notice Mints many contents for the caller, who committed to {batchDigest} before. All are minted, or none.
     * @param folderDigest SHA-256 of the root block of an IPFS folder that holds a token's metadata under the name of its
     * id, 0x and 64 hexadecimal characters.
     * @param salt the secret of that commitment.
     */
    function mintBatch(Content[] calldata contents, bytes32 folderDigest, bytes32 salt) external;

    /// @notice What a batch commits to: keccak256 of its content digests, one after the other.
    function batchDigest(bytes32[] calldata contentDigests) external pure returns (bytes32);

    /// @notice The provenance hash, the time of minting in seconds since 1970 and the royalty, also of a burnt token.
    function tokenRecord(uint256 tokenId) external view returns (bytes25 provenance, uint40 mintedAt, uint16 royaltyBps);

    /// @notice Everything about a token at once, also of a burnt one; reverts if it was never minted.
    function stateOf(uint256 tokenId) external view returns (TokenState memory);

    /// @notice Whether `provenance` is where the token came from; false if there never was such a token.
    function verifyProvenance(uint256 tokenId, Provenance calldata provenance) external view returns (bool);

    /// @notice The account that collects what the token earns; the same before and after it is deployed.
    function royaltyAccountOf(uint256 tokenId) external view returns (address);
}
