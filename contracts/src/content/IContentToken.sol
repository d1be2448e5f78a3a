// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/**
 * @title The register of generated content
 * @notice Each content is an ERC-721 token whose id is the SHA-256 of its bytes, so the same content cannot be minted
 * twice. The first to mint it, protected by commit and reveal ({ICommitments}), is its creator for ever.
 * @dev A token costs one slot of storage beside ERC-721's own: where it came from is kept as a hash, 25 bytes of
 * keccak256(abi.encode(Provenance)), which anyone can open with the values of {ContentMinted} and of the mint's input.
 * The proof that ERC-7007 asks for is abi.encode(Provenance).
 *
 * Since the creator's address is inside that hash, ERC-2981 royalties go to an account of the token's own, from
 * where {releaseRoyalty} pays them to the creator. The account can receive ether and tokens before it is deployed.
 */
interface IContentToken {
    /**
     * @notice What a creator says about new content.
     * @param contentDigest SHA-256 of the content's bytes. Becomes the token's id.
     * @param promptDigest SHA-256 of the prompt, the request's canonical JSON.
     * @param model the asset that generated the content; 0 if it is not registered.
     * @param metadataDigest SHA-256 of the content's metadata, one raw block in the store.
     * @param royaltyBps the creator's share of a resale in hundredths of a per cent.
     */
    struct Content {
        bytes32 contentDigest;
        bytes32 promptDigest;
        uint256 model;
        bytes32 metadataDigest;
        uint16 royaltyBps;
    }

    /// @notice Where a token's content came from; the opening of the token's provenance hash.
    struct Provenance {
        bytes32 promptDigest;
        uint256 model;
        address creator;
        bytes32 metadataDigest;
    }

    /// @notice Content was minted for the first and only time; `mintedAt` is in seconds since 1970.
    event ContentMinted(
        uint256 indexed tokenId,
        address indexed creator,
        uint256 indexed model,
        bytes32 promptDigest,
        bytes32 metadataDigest,
        uint40 mintedAt
    );

    /// @notice The creator was paid what the token's royalty account held; the currency 0 is ether.
    event RoyaltyReleased(uint256 indexed tokenId, address indexed creator, IERC20 indexed currency, uint256 amount);

    /// @notice The content is minted already.
    error ContentTokenAlreadyMinted(uint256 tokenId, address owner);

    /// @notice Content and metadata both need a digest other than zero.
    error ContentTokenZeroDigest(bytes32 contentDigest, bytes32 metadataDigest);

    /// @notice A royalty is at most 10000, the whole price.
    error ContentTokenRoyaltyTooHigh(uint16 royaltyBps);

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
     * @notice Pays the creator everything that the token's royalty account holds in one currency. Anyone can ask.
     * @param provenance the opening that names the creator.
     * @param currency an ERC-20 token; 0 for ether.
     * @return amount what was paid, in the currency's smallest unit; 0 if there was nothing.
     */
    function releaseRoyalty(
        uint256 tokenId,
        Provenance calldata provenance,
        IERC20 currency
    )
        external
        returns (uint256 amount);

    /// @notice What is stored of a token: the provenance hash, the time in seconds since 1970 and the royalty.
    function tokenRecord(uint256 tokenId) external view returns (bytes25 provenance, uint40 mintedAt, uint16 royaltyBps);

    /// @notice Whether `provenance` is where the token came from; false if there is no such token.
    function verifyProvenance(uint256 tokenId, Provenance calldata provenance) external view returns (bool);

    /// @notice The account that collects the token's royalties; the same before and after it is deployed.
    function royaltyAccountOf(uint256 tokenId) external view returns (address);
}
