// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Commitments} from "../core/Commitments.sol";
import {ContentMetadata} from "./ContentMetadata.sol";
import {IContentToken} from "./IContentToken.sol";
import {IERC7007} from "./IERC7007.sol";
import {IRoyaltyAccount} from "./IRoyaltyAccount.sol";
import {RoyaltyAccount} from "./RoyaltyAccount.sol";

/// @dev Implementation of {IContentToken} and {IERC7007}.
contract ContentToken is IContentToken, IERC7007, ERC721, IERC2981, Commitments {
    /// @dev All that is stored of a token, in one slot.
    struct TokenRecord {
        bytes25 provenance;
        uint40 mintedAt;
        uint16 royaltyBps;
    }

    uint256 private constant BASIS_POINTS = 10_000;

    /// @dev The length of abi.encode(Provenance).
    uint256 private constant PROOF_LENGTH = 128;

    address private immutable _royaltyAccount = address(new RoyaltyAccount());

    mapping(uint256 tokenId => TokenRecord) private _records;

    constructor(uint256 minimumAgeBlocks_) ERC721("Assay Content", "CONTENT") Commitments(minimumAgeBlocks_) {}

    /// @inheritdoc IContentToken
    function mint(Content calldata content, bytes32 salt) external returns (uint256 tokenId) {
        tokenId = uint256(content.contentDigest);
        address owner = _ownerOf(tokenId);
        if (owner != address(0)) revert ContentTokenAlreadyMinted(tokenId, owner);
        if (content.contentDigest == 0 || content.metadataDigest == 0) {
            revert ContentTokenZeroDigest(content.contentDigest, content.metadataDigest);
        }
        if (content.royaltyBps > BASIS_POINTS) revert ContentTokenRoyaltyTooHigh(content.royaltyBps);

        address creator = _msgSender();
        _reveal(creator, content.contentDigest, salt);
        _records[tokenId] = TokenRecord({
            provenance: _hash(Provenance(content.promptDigest, content.model, creator, content.metadataDigest)),
            mintedAt: uint40(block.timestamp),
            royaltyBps: content.royaltyBps
        });
        _mint(creator, tokenId);
        emit ContentMinted(
            tokenId, creator, content.model, content.promptDigest, content.metadataDigest, uint40(block.timestamp)
        );
    }

    /// @inheritdoc IContentToken
    function releaseRoyalty(
        uint256 tokenId,
        Provenance calldata provenance,
        IERC20 currency
    )
        external
        returns (uint256 amount)
    {
        if (!verifyProvenance(tokenId, provenance)) revert ContentTokenWrongProvenance(tokenId);
        address account = royaltyAccountOf(tokenId);
        if (account.code.length == 0) Clones.cloneDeterministic(_royaltyAccount, bytes32(tokenId));
        amount = IRoyaltyAccount(account).release(currency, payable(provenance.creator));
        emit RoyaltyReleased(tokenId, provenance.creator, currency, amount);
    }

    /// @inheritdoc IERC7007
    /// @dev Anyone who knows the data can show them: the proof says whether they are true.
    function addAigcData(
        uint256 tokenId,
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        external
    {
        if (uint256(sha256(aigcData)) != tokenId || !verify(prompt, aigcData, proof)) {
            revert ContentTokenUnproven(tokenId);
        }
        emit AigcData(tokenId, prompt, aigcData, proof);
    }

    /// @inheritdoc IContentToken
    function tokenRecord(uint256 tokenId)
        external
        view
        returns (bytes25 provenance, uint40 mintedAt, uint16 royaltyBps)
    {
        _requireOwned(tokenId);
        TokenRecord storage record = _records[tokenId];
        return (record.provenance, record.mintedAt, record.royaltyBps);
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
        _requireOwned(tokenId);
        receiver = royaltyAccountOf(tokenId);
        royaltyAmount = Math.mulDiv(salePrice, _records[tokenId].royaltyBps, BASIS_POINTS);
    }

    /// @inheritdoc IERC7007
    function verify(
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        public
        view
        returns (bool success)
    {
        // The proof is the hash's own input, so it needs no decoding: a malformed one has another hash.
        TokenRecord storage record = _records[uint256(sha256(aigcData))];
        return record.mintedAt != 0 && proof.length == PROOF_LENGTH && bytes32(proof[:32]) == sha256(prompt)
            && bytes25(keccak256(proof)) == record.provenance;
    }

    /// @inheritdoc IContentToken
    function verifyProvenance(uint256 tokenId, Provenance calldata provenance) public view returns (bool) {
        TokenRecord storage record = _records[tokenId];
        return record.mintedAt != 0 && record.provenance == _hash(provenance);
    }

    /// @inheritdoc IContentToken
    function royaltyAccountOf(uint256 tokenId) public view returns (address) {
        return Clones.predictDeterministicAddress(_royaltyAccount, bytes32(tokenId));
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return ContentMetadata.uri(bytes32(tokenId), _records[tokenId].mintedAt);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == type(IERC2981).interfaceId
            || super.supportsInterface(interfaceId);
    }

    function _hash(Provenance memory provenance) private pure returns (bytes25) {
        return bytes25(keccak256(abi.encode(provenance)));
    }
}
