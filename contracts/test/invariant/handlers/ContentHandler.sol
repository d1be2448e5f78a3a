// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ContentToken} from "../../../src/content/ContentToken.sol";
import {IContentToken} from "../../../src/content/IContentToken.sol";
import {IContentVouchers} from "../../../src/content/IContentVouchers.sol";
import {Terms} from "../../../src/content/Terms.sol";
import {Cast} from "./Cast.sol";

/// @dev Honest creators mint what they made, while a thief reads each reveal before it is mined and tries to be first.
contract ContentHandler is Cast {
    uint256 public constant CONTENTS = 12;
    uint256 private constant THIEFS_KEY = 0xBAD;

    ContentToken private immutable _token;

    mapping(uint256 tokenId => uint256 times) public mints;
    mapping(uint256 tokenId => IContentToken.Provenance) private _provenances;

    /// @dev Reveals of unminted content that failed although the creator's commitment was good.
    uint256 public blockedReveals;

    /// @dev Tokens that went to a list's creator although they were claimed before it, or were its own.
    uint256 public wrongReclaims;

    mapping(uint256 tokenId => bool) public burnt;
    uint256 public burns;
    uint256 public minted;

    constructor(ContentToken token) {
        _token = token;
    }

    function digestOf(uint256 seed) public pure returns (bytes32) {
        return keccak256(abi.encode("content", seed % CONTENTS));
    }

    function provenanceOf(uint256 tokenId) external view returns (IContentToken.Provenance memory) {
        return _provenances[tokenId];
    }

    /// @dev The creator commits, waits and sends the reveal; the thief sees it and has `delay` blocks to use it.
    function mint(uint256 creatorSeed, uint256 contentSeed, bytes32 salt, uint256 delay) external {
        address creator = member(creatorSeed);
        IContentToken.Content memory content = _contentOf(creatorSeed, contentSeed);
        uint256 minimumAge = _token.minimumAgeBlocks();
        _token.commit(_token.commitmentOf(creator, content.contentDigest, salt));
        vm.roll(block.number + minimumAge);

        _steal(content, salt);
        _token.commit(_token.commitmentOf(THIEF, content.contentDigest, salt));
        _steal(content, salt);
        vm.roll(block.number + _bound(delay, 0, minimumAge - 1));
        _steal(content, salt);

        _reveal(creator, content, salt);
    }

    /// @dev Two contents at once; none is minted if one of them is taken or both are the same.
    function mintBatch(uint256 creatorSeed, uint256 firstSeed, uint256 secondSeed, bytes32 salt) external {
        address creator = member(creatorSeed);
        IContentToken.Content[] memory contents = new IContentToken.Content[](2);
        contents[0] = _contentOf(creatorSeed, firstSeed);
        contents[1] = _contentOf(creatorSeed, secondSeed);
        bytes32 digest = keccak256(abi.encodePacked(contents[0].contentDigest, contents[1].contentDigest));
        _token.commit(_token.commitmentOf(creator, digest, salt));
        vm.roll(block.number + _token.minimumAgeBlocks());
        vm.prank(creator);
        try _token.mintBatch(contents, keccak256("folder"), salt) {
            _record(creator, contents[0]);
            _record(creator, contents[1]);
        } catch {}
    }

    /// @dev The creator lists what others may claim from the next block on.
    function list(uint256 creatorSeed, uint256 contentSeed) external {
        _list(member(creatorSeed), _contentOf(creatorSeed, contentSeed));
        vm.roll(block.number + 1);
    }

    /// @dev The creator lists a content, and somebody buys it from the list.
    function buy(uint256 creatorSeed, uint256 contentSeed, uint256 buyer) external {
        address creator = member(creatorSeed);
        IContentToken.Content memory content = _contentOf(creatorSeed, contentSeed);
        _list(creator, content);
        vm.roll(block.number + _token.minimumAgeBlocks());
        vm.prank(member(buyer));
        try _token.buy(creator, content, _terms(), new bytes32[](0)) {
            _record(creator, content);
        } catch {}
    }

    /// @dev The creator signs a voucher, and somebody redeems it, perhaps of content that is minted or burnt.
    function redeem(uint256 creatorSeed, uint256 contentSeed, uint256 buyer) external {
        IContentToken.Content memory content = _contentOf(creatorSeed, contentSeed);
        bool redeemed = _redeem(_key(creatorSeed), member(buyer), content, _token.minimumAgeBlocks());
        if (redeemed) _record(member(creatorSeed), content);
    }

    /// @dev Who listed a content before it was claimed takes it back; who listed it later never does.
    function reclaim(uint256 creatorSeed, uint256 contentSeed) external {
        address creator = member(creatorSeed);
        IContentToken.Content memory content = _contentOf(creatorSeed, contentSeed);
        uint256 tokenId = uint256(content.contentDigest);
        (uint40 anchoredAt,) = _token.listOf(creator, _rootOf(creator, content));
        uint40 claimedAt = mints[tokenId] == 0 ? 0 : _token.stateOf(tokenId).claimedAt;
        IContentToken.Provenance memory claimed = _provenances[tokenId];
        try _token.reclaim(creator, content, _terms(), new bytes32[](0), claimed) {
            if (anchoredAt >= claimedAt || claimed.creator == creator) wrongReclaims += 1;
            if (burnt[tokenId]) (burnt[tokenId], burns) = (false, burns - 1);
            _provenances[tokenId] = _opening(creator, content);
        } catch {}
    }

    function burn(uint256 contentSeed) external {
        uint256 tokenId = uint256(digestOf(contentSeed));
        if (mints[tokenId] == 0 || burnt[tokenId]) return;
        vm.prank(_token.ownerOf(tokenId));
        _token.burn(tokenId);
        burnt[tokenId] = true;
        burns += 1;
    }

    function transfer(uint256 contentSeed, uint256 buyer) external {
        uint256 tokenId = uint256(digestOf(contentSeed));
        if (mints[tokenId] == 0 || burnt[tokenId]) return;
        address owner = _token.ownerOf(tokenId);
        vm.prank(owner);
        _token.transferFrom(owner, member(buyer), tokenId);
    }

    function _reveal(address creator, IContentToken.Content memory content, bytes32 salt) private {
        vm.prank(creator);
        try _token.mint(content, salt) returns (uint256 tokenId) {
            vm.assertEq(tokenId, uint256(content.contentDigest));
            _record(creator, content);
        } catch {
            if (mints[uint256(content.contentDigest)] == 0) blockedReveals += 1;
        }
    }

    function _record(address creator, IContentToken.Content memory content) private {
        uint256 tokenId = uint256(content.contentDigest);
        minted += 1;
        mints[tokenId] += 1;
        _provenances[tokenId] = _opening(creator, content);
    }

    function _list(address creator, IContentToken.Content memory content) private {
        bytes32 root = _rootOf(creator, content);
        (uint40 anchoredAt,) = _token.listOf(creator, root);
        if (anchoredAt != 0) return;
        vm.prank(creator);
        _token.list(root, 1, 0);
    }

    function _opening(
        address creator,
        IContentToken.Content memory content
    )
        private
        pure
        returns (IContentToken.Provenance memory)
    {
        return IContentToken.Provenance(content.promptDigest, content.model, creator, content.metadataDigest, 0);
    }

    /// @dev A tree of one leaf is that leaf.
    function _rootOf(address creator, IContentToken.Content memory content) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(creator, content, _terms()))));
    }

    function _terms() private pure returns (Terms memory) {
        return Terms(IERC20(address(0)), 0, type(uint40).max);
    }

    /// @dev By the same reveal, by a list of its own, by the list that a creator anchored, and by a voucher.
    function _steal(IContentToken.Content memory content, bytes32 salt) private {
        vm.prank(THIEF);
        try _token.mint(content, salt) {} catch {}
        _list(THIEF, content);
        vm.prank(THIEF);
        try _token.buy(THIEF, content, _terms(), new bytes32[](0)) {} catch {}
        _redeem(THIEFS_KEY, THIEF, content, 0);
    }

    /// @dev The holder of `key` signs, and the buyer commits, waits and redeems.
    function _redeem(
        uint256 key,
        address buyer,
        IContentToken.Content memory content,
        uint256 age
    )
        private
        returns (bool redeemed)
    {
        address creator = vm.addr(key);
        IContentVouchers.ContentVoucher memory voucher =
            IContentVouchers.ContentVoucher(creator, content, _terms(), buyer, 0);
        bytes32 digest = _token.voucherDigest(voucher);
        _token.commit(_token.commitmentOf(creator, content.contentDigest, digest));
        vm.roll(block.number + age);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        vm.prank(buyer);
        try _token.redeem(voucher, abi.encodePacked(r, s, v)) {
            return true;
        } catch {}
    }

    /// @dev What this creator would say of this content, always the same, so that lists and claims meet.
    function _contentOf(uint256 creatorSeed, uint256 contentSeed) private pure returns (IContentToken.Content memory) {
        (creatorSeed, contentSeed) = (creatorSeed % CAST_SIZE, contentSeed % CONTENTS);
        return IContentToken.Content({
            contentDigest: digestOf(contentSeed),
            promptDigest: keccak256(abi.encode("prompt", creatorSeed)),
            model: contentSeed,
            metadataDigest: keccak256(abi.encode("metadata", creatorSeed)),
            sharesDigest: 0,
            royaltyBps: uint16(creatorSeed * 3333)
        });
    }
}
