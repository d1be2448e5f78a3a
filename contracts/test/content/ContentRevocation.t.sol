// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IContentRevocation} from "../../src/content/IContentRevocation.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {Minting} from "./Minting.sol";

contract ContentRevocationTest is Minting {
    IContentRevocation.Reason private constant REASON = IContentRevocation.Reason.Rights;

    uint256 private _tokenId;

    function setUp() public override {
        super.setUp();
        _tokenId = _minted(CREATOR, _content());
    }

    function test_ABurntTokenHasNoOwnerAndStaysReadable() public {
        vm.expectEmit(address(_token));
        emit IContentRevocation.ContentBurnt(_tokenId, CREATOR);

        vm.prank(CREATOR);
        _token.burn(_tokenId);

        IContentToken.TokenState memory state = _token.stateOf(_tokenId);
        vm.assertEq(_token.balanceOf(CREATOR), 0);
        vm.assertEq(state.owner, address(0));
        vm.assertTrue(state.mintedAt != 0);
        vm.assertTrue(_token.verifyProvenance(_tokenId, _provenance(CREATOR, _content())));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _tokenId));
        _token.ownerOf(_tokenId);
    }

    function testFuzz_RevertGiven_TheContentWasBurnt(bool again) public {
        vm.prank(CREATOR);
        _token.burn(_tokenId);
        address minter = again ? CREATOR : THIEF;
        _commit(_token, minter, bytes32(_tokenId));
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenAlreadyMinted.selector, _tokenId, address(0)));

        vm.prank(minter);
        _token.mint(_content(), SALT);
    }

    function test_ATokenOfABatchIsBurntForEver() public {
        IContentToken.Content[] memory contents = new IContentToken.Content[](1);
        contents[0] = _content();
        contents[0].contentDigest = keccak256("in a batch");
        _commit(_token, CREATOR, keccak256(abi.encodePacked(contents[0].contentDigest)));
        vm.prank(CREATOR);
        _token.mintBatch(contents, keccak256("folder"), SALT);
        uint256 tokenId = uint256(contents[0].contentDigest);

        vm.prank(CREATOR);
        _token.burn(tokenId);

        vm.assertEq(_token.stateOf(tokenId).owner, address(0));
        vm.assertTrue(_token.verifyProvenance(tokenId, _provenance(CREATOR, contents[0])));
        vm.assertEq(_token.balanceOf(CREATOR), 1);
    }

    function testFuzz_RevertWhen_AStrangerBurns(address stranger) public {
        vm.assume(stranger != CREATOR && stranger != address(0));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, stranger, _tokenId));

        vm.prank(stranger);
        _token.burn(_tokenId);
    }

    function testFuzz_TheCreatorRevokesWhoeverOwns(bool sold, bytes32 text) public {
        if (sold) {
            vm.prank(CREATOR);
            _token.transferFrom(CREATOR, BUYER, _tokenId);
        }
        vm.expectEmit(address(_token));
        emit IContentRevocation.ContentRevoked(_tokenId, CREATOR, REASON, text);
        vm.expectEmit(address(_token));
        emit IERC4906.MetadataUpdate(_tokenId);

        _revoke(CREATOR, text);

        (IContentRevocation.Reason reason, bytes32 found, uint40 revokedAt) = _token.revocationOf(_tokenId);
        vm.assertTrue(reason == REASON);
        vm.assertEq(found, text);
        vm.assertEq(revokedAt, block.timestamp);
        vm.assertEq(_token.stateOf(_tokenId).revokedAt, revokedAt);
        vm.assertEq(_token.ownerOf(_tokenId), sold ? BUYER : CREATOR);
    }

    function test_TheMetadataOfRevokedContentSaySo() public {
        string memory before = _token.tokenURI(_tokenId);

        _revoke(CREATOR, 0);

        string memory json = string(_decoded(_token.tokenURI(_tokenId)));
        vm.assertEq(vm.parseJsonString(json, ".external_url"), before);
        vm.assertEq(vm.parseJsonString(json, ".attributes[0].trait_type"), "Revoked");
        vm.assertEq(vm.parseJsonString(json, ".attributes[0].value"), "rights");
    }

    function test_RevertWhen_TheOwnerWhoIsNotTheCreatorRevokes() public {
        vm.prank(CREATOR);
        _token.transferFrom(CREATOR, BUYER, _tokenId);
        vm.expectRevert(
            abi.encodeWithSelector(IContentRevocation.ContentRevocationNotCreator.selector, _tokenId, BUYER, CREATOR)
        );

        _revoke(BUYER, 0);
    }

    function test_RevertWhen_TheProvenanceIsMadeUp() public {
        vm.expectRevert(abi.encodeWithSelector(IContentToken.ContentTokenWrongProvenance.selector, _tokenId));

        vm.prank(THIEF);
        _token.revoke(_tokenId, _provenance(THIEF, _content()), REASON, 0);
    }

    function test_RevertGiven_RevokedBefore() public {
        _revoke(CREATOR, 0);
        vm.expectPartialRevert(IContentRevocation.ContentRevocationRepeated.selector);

        _revoke(CREATOR, keccak256("another text"));
    }

    function test_RevertWhen_NoReasonIsGiven() public {
        vm.expectRevert(abi.encodeWithSelector(IContentRevocation.ContentRevocationWithoutReason.selector, _tokenId));

        vm.prank(CREATOR);
        _token.revoke(_tokenId, _provenance(CREATOR, _content()), IContentRevocation.Reason.None, 0);
    }

    function _revoke(address caller, bytes32 text) private {
        vm.prank(caller);
        _token.revoke(_tokenId, _provenance(CREATOR, _content()), REASON, text);
    }

    /// @dev What a `data:application/json;base64,` address holds.
    function _decoded(string memory uri) private pure returns (bytes memory json) {
        bytes memory text = bytes(uri);
        uint256 start = 29;
        uint256 length = text.length - start;
        json = new bytes(length / 4 * 3);
        uint256 place;
        for (uint256 i = start; i < text.length; i += 4) {
            uint256 bits;
            for (uint256 j = i; j < i + 4; ++j) {
                bits = (bits << 6) | _value(text[j]);
            }
            for (uint256 j = 0; j < 3; ++j) {
                bytes1 one = bytes1(uint8(bits >> (16 - 8 * j)));
                json[place++] = one == 0 ? bytes1(" ") : one;
            }
        }
    }

    function _value(bytes1 letter) private pure returns (uint256) {
        bytes memory alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (uint256 i = 0; i < 64; ++i) {
            if (alphabet[i] == letter) return i;
        }
        return 0;
    }
}
