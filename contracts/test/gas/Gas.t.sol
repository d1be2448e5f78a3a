// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ContentToken} from "../../src/content/ContentToken.sol";
import {IContentToken} from "../../src/content/IContentToken.sol";
import {Share} from "../../src/content/Share.sol";
import {CallAnchor} from "../../src/market/CallAnchor.sol";
import {IAssetRegistry} from "../../src/market/IAssetRegistry.sol";
import {Deploying} from "../content/Deploying.sol";
import {Committing} from "../support/Committing.sol";

/// @dev What transactions cost, kept in snapshots/ and held below the goals.
contract GasTest is Committing, Deploying {
    uint256 private constant COMMIT_GOAL = 50_000;
    uint256 private constant REGISTER_GOAL = 130_000;
    uint256 private constant MINT_GOAL = 100_000;
    uint256 private constant ANCHOR_GOAL = 40_000;

    ContentToken private _token;

    function setUp() public {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _token = _deployContent(MINIMUM_AGE);
    }

    function test_AssetRegistry() public {
        bytes32 commitment = _registry.commitmentOf(BUYER, keccak256("dataset"), SALT);
        _registry.commit(commitment);
        _snapshot("AssetRegistry", "commit", COMMIT_GOAL);

        uint256 datasetId = _register(IAssetRegistry.AssetKind.Dataset, 0, 0);
        vm.snapshotGasLastCall("AssetRegistry", "register the creator's first asset");
        uint256 modelId = _register(IAssetRegistry.AssetKind.Model, 0, 0);
        _snapshot("AssetRegistry", "register a model", REGISTER_GOAL);
        _register(IAssetRegistry.AssetKind.Model, datasetId, 0);
        _snapshot("AssetRegistry", "register a new version", REGISTER_GOAL);
        uint256 serviceId = _register(IAssetRegistry.AssetKind.Service, modelId, 1000);
        _snapshot("AssetRegistry", "register a service with a price and a parent", REGISTER_GOAL);

        vm.prank(CREATOR);
        _registry.setPrice(serviceId, 2000);
        vm.snapshotGasLastCall("AssetRegistry", "set the price");
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, BUYER, serviceId);
        vm.snapshotGasLastCall("AssetRegistry", "first transfer");
        vm.prank(BUYER);
        _registry.transferFrom(BUYER, CREATOR, serviceId);
        vm.snapshotGasLastCall("AssetRegistry", "later transfer");
    }

    function test_ContentToken() public {
        _token.commit(_token.commitmentOf(BUYER, keccak256("text"), SALT));
        _snapshot("ContentToken", "commit", COMMIT_GOAL);

        IContentToken.Content memory first = _mint("first");
        _snapshot("ContentToken", "mint the creator's first content", MINT_GOAL);
        _mint("second");
        _snapshot("ContentToken", "mint", MINT_GOAL);

        uint256 tokenId = uint256(first.contentDigest);
        vm.deal(_token.royaltyAccountOf(tokenId), 1 ether);
        IContentToken.Provenance memory provenance =
            IContentToken.Provenance(first.promptDigest, first.model, CREATOR, first.metadataDigest, 0);
        _token.releaseRoyalty(tokenId, provenance, new Share[](0), IERC20(address(0)));
        vm.snapshotGasLastCall("ContentToken", "first release of a royalty");
        vm.deal(_token.royaltyAccountOf(tokenId), 1 ether);
        _token.releaseRoyalty(tokenId, provenance, new Share[](0), IERC20(address(0)));
        vm.snapshotGasLastCall("ContentToken", "later release of a royalty");
    }

    function test_CallAnchor() public {
        CallAnchor anchor = new CallAnchor();
        anchor.anchor(0, keccak256("first"), 1000);
        vm.snapshotGasLastCall("CallAnchor", "anchor the provider's first batch");
        anchor.anchor(1, keccak256("second"), 1000);
        _snapshot("CallAnchor", "anchor a batch", ANCHOR_GOAL);
        anchor.anchor(2, keccak256("third"), type(uint32).max);
        _snapshot("CallAnchor", "anchor a huge batch", ANCHOR_GOAL);
    }

    function _snapshot(string memory group, string memory name, uint256 goal) private {
        vm.assertTrue(vm.snapshotGasLastCall(group, name) <= goal, name);
    }

    function _register(IAssetRegistry.AssetKind kind, uint256 parent, uint96 price) private returns (uint256) {
        bytes32 digest = keccak256(abi.encode(kind, parent));
        _commit(_registry, CREATOR, digest);
        IAssetRegistry.Registration memory given = IAssetRegistry.Registration({
            contentDigest: digest,
            metadataDigest: keccak256("metadata"),
            parent: parent,
            kind: kind,
            licence: bytes4(keccak256("Apache-2.0")),
            royaltyBps: 500,
            price: price
        });
        vm.prank(CREATOR);
        return _registry.register(given, SALT);
    }

    function _mint(string memory text) private returns (IContentToken.Content memory given) {
        given = IContentToken.Content({
            contentDigest: keccak256(bytes(text)),
            promptDigest: keccak256("prompt"),
            model: uint256(keccak256("model")),
            metadataDigest: keccak256("metadata"),
            sharesDigest: 0,
            royaltyBps: 500
        });
        _commit(_token, CREATOR, given.contentDigest);
        vm.prank(CREATOR);
        _token.mint(given, SALT);
    }
}
