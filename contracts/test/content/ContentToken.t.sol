// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IContentToken} from "../../src/content/IContentToken.sol";
import {IERC7007} from "../../src/content/IERC7007.sol";
import {ProvenanceHash} from "../../src/content/ProvenanceHash.sol";
import {FolderCid} from "../../src/core/FolderCid.sol";
import {ICommitments} from "../../src/core/ICommitments.sol";
import {Minting} from "./Minting.sol";

contract ContentTokenTest is Minting {
    function test_RevertGiven_NoCommitment() public {
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(CREATOR);
        _token.mint(_content(), SALT);
    }

    function test_RevertGiven_TheCommitmentOfAnother() public {
        _commit(_token, CREATOR, _textDigest);
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(THIEF);
        _token.mint(_content(), SALT);
    }

    function testFuzz_RevertWhen_ADigestIsZero(bool content) public {
        IContentToken.Content memory given = _content();
        if (content) given.contentDigest = 0;
        else given.metadataDigest = 0;
        _commit(_token, CREATOR, given.contentDigest);
        vm.expectRevert(
            abi.encodeWithSelector(
                IContentToken.ContentTokenZeroDigest.selector, given.contentDigest, given.metadataDigest
            )
        );

        vm.prank(CREATOR);
        _token.mint(given, SALT);
    }

    function testFuzz_RevertWhen_TheRoyaltyIsTooHigh(uint16 royaltyBps) public {
        IContentToken.Content memory given = _content();
        given.royaltyBps = uint16(_bound(royaltyBps, 10_001, type(uint16).max));
        _commit(_token, CREATOR, given.contentDigest);
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenRoyaltyTooHigh.selector, given.royaltyBps));

        vm.prank(CREATOR);
        _token.mint(given, SALT);
    }

    function testFuzz_RevertGiven_MintedContent(bool again) public {
        uint256 tokenId = _minted(CREATOR, _content());
        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, BUYER, tokenId);
        address second = again ? CREATOR : THIEF;
        _commit(_token, second, bytes32(tokenId));
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenAlreadyMinted.selector, tokenId, BUYER));

        vm.prank(second);
        _token.mint(_content(), SALT);
    }

    function testFuzz_MintBindsTheProvenance(address creator, IContentToken.Content memory given, uint40 time) public {
        vm.assume(creator != address(0) && given.contentDigest != 0 && given.metadataDigest != 0 && time != 0);
        given.royaltyBps = uint16(_bound(given.royaltyBps, 0, 10_000));
        time = uint40(_bound(time, 1, 2 ** 39 - 1));
        vm.warp(time);

        uint256 tokenId = _minted(creator, given);

        (bytes25 provenance, uint40 mintedAt, uint16 royaltyBps) = _token.tokenRecord(tokenId);
        bytes32 hash =
            ProvenanceHash.digestOf(given.promptDigest, given.model, creator, given.metadataDigest, given.sharesDigest);
        vm.assertEq(tokenId, uint256(given.contentDigest));
        vm.assertEq(_token.ownerOf(tokenId), creator);
        vm.assertEq(bytes32(provenance), bytes32(bytes25(hash)));
        vm.assertEq(mintedAt, time);
        vm.assertEq(royaltyBps, given.royaltyBps);
        vm.assertTrue(_token.verifyProvenance(tokenId, _provenance(creator, given)));
    }

    function test_MintEmitsContentMinted() public {
        IContentToken.Content memory given = _content();
        _commit(_token, CREATOR, given.contentDigest);
        vm.expectEmit(address(_token));
        emit IContentToken.ContentMinted(
            uint256(given.contentDigest),
            CREATOR,
            given.model,
            given.promptDigest,
            given.metadataDigest,
            given.sharesDigest
        );

        vm.prank(CREATOR);
        _token.mint(given, SALT);
    }

    function testFuzz_AnotherProvenanceIsNotTrue(IContentToken.Provenance memory other) public {
        uint256 tokenId = _minted(CREATOR, _content());
        vm.assume(keccak256(abi.encode(other)) != keccak256(abi.encode(_provenance(CREATOR, _content()))));

        vm.assertFalse(_token.verifyProvenance(tokenId, other));
    }

    function testFuzz_NoTokenHasNoProvenance(uint256 tokenId, IContentToken.Provenance memory any) public view {
        vm.assertFalse(_token.verifyProvenance(tokenId, any));
    }

    function test_VerifyAcceptsWhatWasMinted() public {
        _minted(CREATOR, _content());

        vm.assertTrue(_token.verify(PROMPT, TEXT, _proof()));
    }

    function test_VerifyAcceptsNothingBeforeTheMint() public view {
        vm.assertFalse(_token.verify(PROMPT, TEXT, _proof()));
    }

    function testFuzz_VerifyRefusesAnythingElse(
        bytes calldata prompt,
        bytes calldata text,
        bytes calldata proof
    )
        public
    {
        _minted(CREATOR, _content());
        vm.assume(
            keccak256(prompt) != keccak256(PROMPT) && keccak256(text) != keccak256(TEXT)
                && keccak256(proof) != keccak256(_proof())
        );

        vm.assertFalse(_token.verify(prompt, TEXT, _proof()));
        vm.assertFalse(_token.verify(PROMPT, text, _proof()));
        vm.assertFalse(_token.verify(PROMPT, TEXT, proof));
        vm.assertFalse(_token.verify(PROMPT, TEXT, bytes.concat(_proof(), proof, hex"00")));
    }

    function test_RevertWhen_TheDataAreOfAnotherToken() public {
        _minted(CREATOR, _content());
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenUnproven.selector, 7));

        _token.addAigcData(7, PROMPT, TEXT, _proof());
    }

    function test_RevertWhen_TheDataAreNotProven() public {
        uint256 tokenId = _minted(CREATOR, _content());
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenUnproven.selector, tokenId));

        _token.addAigcData(tokenId, "another prompt", TEXT, _proof());
    }

    function test_AddAigcDataEmitsTheData() public {
        uint256 tokenId = _minted(CREATOR, _content());
        vm.expectEmit(address(_token));
        emit IERC7007.AigcData(tokenId, PROMPT, TEXT, _proof());

        _token.addAigcData(tokenId, PROMPT, TEXT, _proof());
    }

    function test_TheTokenUriIsAFileInTheFolderThatTheProvenanceHashesTo() public {
        IContentToken.Content memory given = _content();
        uint256 tokenId = _minted(CREATOR, given);
        bytes32 folder =
            ProvenanceHash.digestOf(given.promptDigest, given.model, CREATOR, given.metadataDigest, given.sharesDigest);

        vm.assertEq(_token.tokenURI(tokenId), string.concat(FolderCid.uri(folder), "/metadata.json"));
    }

    function testFuzz_RevertGiven_NoToken(uint256 tokenId) public {
        bytes memory nonexistent = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);

        vm.expectRevert(nonexistent);
        _token.tokenRecord(tokenId);
        vm.expectRevert(nonexistent);
        _token.tokenURI(tokenId);
        vm.expectRevert(nonexistent);
        _token.royaltyInfo(tokenId, 100);
    }

    function test_TheInterfacesAreKnown() public view {
        vm.assertTrue(_token.supportsInterface(0x01ffc9a7));
        vm.assertTrue(_token.supportsInterface(0x80ac58cd));
        vm.assertTrue(_token.supportsInterface(0x5b5e139f));
        vm.assertTrue(_token.supportsInterface(0x2a55205a));
        vm.assertTrue(_token.supportsInterface(0x702c55a6));
        vm.assertFalse(_token.supportsInterface(0xffffffff));
    }

    function _proof() private view returns (bytes memory) {
        return abi.encode(_provenance(CREATOR, _content()));
    }
}
