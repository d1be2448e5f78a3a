// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IContentToken} from "../../src/content/IContentToken.sol";
import {ProvenanceHash} from "../../src/content/ProvenanceHash.sol";
import {Share} from "../../src/content/Share.sol";
import {Terms} from "../../src/content/Terms.sol";
import {FolderCid} from "../../src/core/FolderCid.sol";
import {Selling} from "./Selling.sol";

/// @dev The vectors come from Python; tests/unit/core/test_shared_vectors.py holds the two together.
contract ContentVectorsTest is Selling {
    string private _vectors = vm.readFile("test/vectors/content.json");

    function test_TheProvenanceHashesToTheFolderThatPythonStores() public view {
        bytes32 hash = ProvenanceHash.digestOf(
            _word(".prompt_digest"),
            uint256(_word(".model")),
            vm.parseJsonAddress(_vectors, ".creator"),
            _word(".metadata_digest"),
            _word(".shares_digest")
        );

        vm.assertEq(FolderCid.uri(hash), vm.parseJsonString(_vectors, ".folder"));
    }

    function test_TheSharesHaveTheDigestThatPythonMints() public view {
        Share[] memory shares = new Share[](2);
        shares[0] = Share(address(0), uint256(_word(".model")), 1234);
        shares[1] = Share(vm.parseJsonAddress(_vectors, ".author"), 0, 8766);

        vm.assertEq(keccak256(abi.encode(shares)), _word(".shares_digest"));
    }

    function test_TheLeafIsThePythonTrees() public view {
        IContentToken.Content memory content = IContentToken.Content({
            contentDigest: _word(".content_id"),
            promptDigest: _word(".prompt_digest"),
            model: uint256(_word(".model")),
            metadataDigest: _word(".metadata_digest"),
            sharesDigest: _word(".shares_digest"),
            royaltyBps: 500
        });
        address currency = address(bytes20(hex"cccccccccccccccccccccccccccccccccccccccc"));

        address creator = vm.parseJsonAddress(_vectors, ".creator");

        vm.assertEq(_leaf(creator, content, Terms(IERC20(currency), 2_500_000, 1_900_000_000)), _word(".leaf"));
    }

    function _word(string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(_vectors, key);
    }
}
