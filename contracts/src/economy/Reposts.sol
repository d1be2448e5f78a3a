// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IContentToken} from "../content/IContentToken.sol";
import {Permit} from "../licence/Permit.sol";
import {IAssayToken} from "../token/IAssayToken.sol";
import {IReposts} from "./IReposts.sol";
import {LiveContent} from "./LiveContent.sol";
import {Payment} from "./Payment.sol";
import {RepostMetadata} from "./RepostMetadata.sol";
import {RepostSales} from "./RepostSales.sol";

/// @dev Implementation of {IReposts}.
contract Reposts is IReposts, IERC2981, RepostSales {
    /// @dev A repost in two slots, of which a payment reads both. `parent` is the number of a repost, 0 for the root.
    struct RepostRecord {
        uint256 root;
        address royaltyAccount;
        uint16 rateBps;
        uint40 repostedAt;
        uint40 parent;
    }

    uint256 private constant BASIS_POINTS = 10_000;
    uint16 private constant DEFAULT_RATE_BPS = 500;
    uint16 private constant MAXIMUM_RATE_BPS = 5000;

    address private immutable _content;

    uint40 private _repostCount;
    mapping(uint256 repostId => RepostRecord) private _reposts;

    /// @dev One more than the rate, so that 0 stands for the rate that nobody has set.
    mapping(uint256 tokenId => uint16 rateBpsAndOne) private _rates;

    constructor(address content_, address currency_) ERC721("Assay Repost", "REPOST") RepostSales(IERC20(currency_)) {
        _content = content_;
    }

    /// @inheritdoc IReposts
    function setRate(uint256 tokenId, IContentToken.Provenance calldata provenance, uint16 rateBps) external {
        if (rateBps > MAXIMUM_RATE_BPS) revert RepostsRateTooHigh(rateBps, MAXIMUM_RATE_BPS);
        if (provenance.creator != _msgSender() || !IContentToken(_content).verifyProvenance(tokenId, provenance)) {
            revert RepostsNotCreator(tokenId, _msgSender());
        }
        _rates[tokenId] = rateBps + 1;
        emit RateSet(tokenId, _msgSender(), rateBps);
    }

    /// @inheritdoc IReposts
    function repost(uint256 parent, uint16 maximumRateBps) external returns (uint256 repostId) {
        bool isRepost = parent != 0 && parent <= _repostCount;
        uint256 root = isRepost ? _reposts[parent].root : parent;
        LiveContent.check(_content, root);
        uint16 rateBps = rateOf(root);
        if (rateBps > maximumRateBps) revert RepostsRateAboveMaximum(rateBps, maximumRateBps);

        repostId = ++_repostCount;
        _reposts[repostId] = RepostRecord({
            root: root,
            royaltyAccount: IContentToken(_content).royaltyAccountOf(root),
            rateBps: rateBps,
            repostedAt: uint40(block.timestamp),
            parent: isRepost ? uint40(parent) : 0
        });
        _mint(_msgSender(), repostId);
        emit Reposted(repostId, root, _msgSender(), parent, rateBps);
    }

    /// @inheritdoc IReposts
    function pay(uint256 repostId, uint256 amount, bytes32 note) external {
        _pay(repostId, _msgSender(), _msgSender(), amount, note);
    }

    /// @inheritdoc IReposts
    function payWithPermit(uint256 repostId, uint256 amount, bytes32 note, Permit calldata permit) external {
        Payment.submit(_currency, permit);
        _pay(repostId, _msgSender(), _msgSender(), amount, note);
    }

    /// @inheritdoc IReposts
    function payWithAuthorization(uint256 repostId, bytes32 note, Authorization calldata authorization) external {
        IAssayToken(address(_currency))
            .receiveWithAuthorization(
                authorization.payer,
                address(this),
                authorization.value,
                authorization.validAfter,
                authorization.validBefore,
                paymentNonce(repostId, authorization.payer, note, authorization.salt),
                authorization.signature
            );
        _pay(repostId, authorization.payer, address(this), authorization.value, note);
    }

    /// @inheritdoc IReposts
    function repostOf(uint256 repostId) external view returns (Repost memory) {
        RepostRecord memory record = _requireRepost(repostId);
        return Repost({
            root: record.root,
            parent: record.parent == 0 ? record.root : record.parent,
            royaltyAccount: record.royaltyAccount,
            rateBps: record.rateBps,
            repostedAt: record.repostedAt
        });
    }

    /// @inheritdoc IReposts
    function split(uint256 repostId, uint256 amount) external view returns (uint256 authorAmount, uint256 ownerAmount) {
        authorAmount = _authorAmount(_requireRepost(repostId).rateBps, amount);
        ownerAmount = amount - authorAmount;
    }

    /// @inheritdoc IReposts
    function repostCount() external view returns (uint40) {
        return _repostCount;
    }

    /// @inheritdoc IReposts
    function currency() external view returns (address) {
        return address(_currency);
    }

    /// @inheritdoc IReposts
    function content() external view returns (address) {
        return _content;
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 repostId,
        uint256 salePrice
    )
        external
        view
        returns (address receiver, uint256 royaltyAmount)
    {
        RepostRecord memory record = _requireRepost(repostId);
        return (record.royaltyAccount, _authorAmount(record.rateBps, salePrice));
    }

    /// @inheritdoc IReposts
    function maximumRate() external pure returns (uint16 rateBps) {
        return MAXIMUM_RATE_BPS;
    }

    /// @inheritdoc IReposts
    function rateOf(uint256 tokenId) public view returns (uint16 rateBps) {
        uint16 stored = _rates[tokenId];
        return stored == 0 ? DEFAULT_RATE_BPS : stored - 1;
    }

    /// @inheritdoc IReposts
    function paymentNonce(uint256 repostId, address payer, bytes32 note, bytes32 salt) public pure returns (bytes32) {
        return keccak256(abi.encode(repostId, payer, note, salt));
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 repostId) public view override returns (string memory) {
        RepostRecord memory record = _requireRepost(repostId);
        return RepostMetadata.uri(repostId, record.root, record.rateBps);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return interfaceId == type(IERC2981).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc RepostSales
    function _settle(
        uint256 repostId,
        address payer,
        address receiver,
        uint256 amount
    )
        internal
        override
        returns (uint256 root, uint256 authorAmount)
    {
        RepostRecord memory record = _requireRepost(repostId);
        authorAmount = _authorAmount(record.rateBps, amount);
        Payment.transfer(_currency, payer, record.royaltyAccount, authorAmount);
        Payment.transfer(_currency, payer, receiver, amount - authorAmount);
        return (record.root, authorAmount);
    }

    /// @param payer who pays; `holder` is where the money is: with the payer, or here if it was sent just before.
    function _pay(uint256 repostId, address payer, address holder, uint256 amount, bytes32 note) private {
        if (amount == 0) revert RepostsNothingPaid();
        address owner = _ownerOf(repostId);
        (uint256 root, uint256 authorAmount) = _settle(repostId, holder, owner, amount);
        emit RepostPaid(repostId, root, owner, payer, authorAmount, amount - authorAmount, note);
    }

    function _requireRepost(uint256 repostId) private view returns (RepostRecord memory record) {
        record = _reposts[repostId];
        if (record.repostedAt == 0) revert RepostsUnknown(repostId);
    }

    /// @dev Rounded up: of the smallest payment the authors have a unit, unless they want nothing.
    function _authorAmount(uint16 rateBps, uint256 amount) private pure returns (uint256) {
        return Math.mulDiv(amount, rateBps, BASIS_POINTS, Math.Rounding.Ceil);
    }
}
