// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IContentToken} from "../../src/content/IContentToken.sol";
import {IERC7007} from "../../src/content/IERC7007.sol";
import {IAssetRegistry} from "../../src/market/IAssetRegistry.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {Minting} from "./Minting.sol";

/// @dev Proofs that carry the generator's signature beside the opening.
contract ContentProofsTest is Minting {
    bytes32 private constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant GENERATION =
        keccak256("Generation(bytes32 promptDigest,bytes32 contentDigest,uint256 model)");
    uint256 private constant KEY = 0x6E6;

    address private _generator = vm.addr(KEY);

    function test_TheGeneratorsSignatureIsAProof() public {
        _register(_generator);
        uint256 tokenId = _minted(CREATOR, _content());
        bytes memory proof = _proof(_content(), _signed(KEY, _promptDigest));
        vm.expectEmit(address(_token));
        emit IERC7007.AigcData(tokenId, PROMPT, TEXT, proof);

        vm.assertTrue(_token.verify(PROMPT, TEXT, proof));

        _token.addAigcData(tokenId, PROMPT, TEXT, proof);
    }

    function test_ItProvesThePromptOfATokenThatNamesNone() public {
        _register(_generator);
        IContentToken.Content memory given = _content();
        given.promptDigest = 0;
        _minted(CREATOR, given);

        vm.assertTrue(_token.verify(PROMPT, TEXT, _proof(given, _signed(KEY, _promptDigest))));
        vm.assertFalse(_token.verify(PROMPT, TEXT, _proof(given, "")));
    }

    function test_ItCannotContradictTheTokensPrompt() public {
        _register(_generator);
        _minted(CREATOR, _content());

        vm.assertFalse(
            _token.verify("another prompt", TEXT, _proof(_content(), _signed(KEY, sha256("another prompt"))))
        );
    }

    function test_AGeneratorThatIsASmartAccountSignsAsItDecides() public {
        _register(address(new SmartAccount(_generator)));
        _minted(CREATOR, _content());

        vm.assertTrue(_token.verify(PROMPT, TEXT, _proof(_content(), _signed(KEY, _promptDigest))));
    }

    function testFuzz_AnothersSignatureIsNone(uint128 key) public {
        vm.assume(key != 0 && key != KEY);
        _register(_generator);
        _minted(CREATOR, _content());

        vm.assertFalse(_token.verify(PROMPT, TEXT, _proof(_content(), _signed(key, _promptDigest))));
    }

    function test_AModelThatNobodyRegisteredHasNoGenerator() public {
        _minted(CREATOR, _content());

        vm.assertFalse(_token.verify(PROMPT, TEXT, _proof(_content(), _signed(KEY, _promptDigest))));
    }

    function testFuzz_AnythingShorterOrDirtyIsNoProof(uint8 length, bytes12 dirt) public {
        _minted(CREATOR, _content());
        bytes memory proof = _proof(_content(), "");
        bytes memory cut = new bytes(length % 160);
        for (uint256 i = 0; i < cut.length; ++i) {
            cut[i] = proof[i];
        }
        vm.assume(dirt != 0);
        for (uint256 i = 0; i < 12; ++i) {
            proof[64 + i] = dirt[i];
        }

        vm.assertFalse(_token.verify(PROMPT, TEXT, cut));
        vm.assertFalse(_token.verify(PROMPT, TEXT, proof));
    }

    function _proof(IContentToken.Content memory given, bytes memory signature) private pure returns (bytes memory) {
        return bytes.concat(abi.encode(_provenance(CREATOR, given)), signature);
    }

    function _signed(uint256 key, bytes32 promptDigest) private view returns (bytes memory) {
        bytes32 domain =
            keccak256(abi.encode(DOMAIN, keccak256("Assay Content"), keccak256("1"), block.chainid, address(_token)));
        bytes32 structHash = keccak256(abi.encode(GENERATION, promptDigest, _textDigest, _content().model));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(r, s, v);
    }

    function _register(address owner) private {
        bytes32 model = bytes32(_content().model);
        _commit(_registry, owner, model);
        vm.prank(owner);
        _registry.register(
            IAssetRegistry.Registration(model, model, 0, IAssetRegistry.AssetKind.Model, bytes4(0), 0, 0), SALT
        );
    }
}
