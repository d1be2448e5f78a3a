// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {AssetRegistry} from "../../../src/market/AssetRegistry.sol";
import {IAssetRegistry} from "../../../src/market/IAssetRegistry.sol";
import {Cast} from "./Cast.sol";

/// @dev Claims, sells and prices a few digests that the whole cast competes for.
contract AssetHandler is Cast {
    uint256 public constant DIGESTS = 6;

    AssetRegistry private immutable _registry;

    mapping(uint256 assetId => address creator) public firstCreator;
    mapping(uint256 assetId => uint256 times) public registrations;
    mapping(uint256 assetId => bytes32 hash) public factsAtFirst;
    mapping(uint256 assetId => uint96 price) public lastPrice;

    /// @dev How often somebody registered without a commitment of the required age.
    uint256 public unprotectedRegistrations;

    mapping(bytes32 commitment => uint256 blockNumber) private _committedAt;

    constructor(AssetRegistry registry) {
        _registry = registry;
    }

    function digestOf(uint256 seed) public pure returns (bytes32) {
        return keccak256(abi.encode("digest", seed % DIGESTS));
    }

    /// @dev The facts that must never change: all but the price.
    function factsHash(uint256 assetId) public view returns (bytes32) {
        IAssetRegistry.Asset memory asset = _registry.assetOf(assetId);
        asset.price = 0;
        return keccak256(abi.encode(asset));
    }

    function commit(uint256 claimant, uint256 digest) external {
        bytes32 commitment = _registry.commitmentOf(member(claimant), digestOf(digest), 0);
        if (!_registry.isPending(commitment)) _committedAt[commitment] = block.number;
        _registry.commit(commitment);
    }

    function passBlocks(uint256 blocks) external {
        vm.roll(block.number + _bound(blocks, 0, 5));
        vm.warp(block.timestamp + 12);
    }

    function register(uint256 claimant, uint256 digest, uint256 parent, uint96 price) external {
        address creator = member(claimant);
        bytes32 commitment = _registry.commitmentOf(creator, digestOf(digest), 0);
        IAssetRegistry.Registration memory given = IAssetRegistry.Registration({
            contentDigest: digestOf(digest),
            metadataDigest: keccak256(abi.encode(creator, price)),
            parent: parent % 2 == 0 ? 0 : uint256(digestOf(parent)),
            kind: IAssetRegistry.AssetKind(parent % 3),
            licence: bytes4(keccak256("MIT")),
            royaltyBps: uint16(price % 10_001),
            price: price
        });
        vm.prank(creator);
        try _registry.register(given, 0) returns (uint256 assetId) {
            uint256 recordedAt = _committedAt[commitment];
            if (recordedAt == 0 || block.number < recordedAt + _registry.minimumAgeBlocks()) {
                unprotectedRegistrations += 1;
            }
            delete _committedAt[commitment];
            registrations[assetId] += 1;
            if (firstCreator[assetId] == address(0)) firstCreator[assetId] = creator;
            factsAtFirst[assetId] = factsHash(assetId);
            lastPrice[assetId] = price;
        } catch {}
    }

    function sell(uint256 digest, uint256 buyer) external {
        uint256 assetId = uint256(digestOf(digest));
        if (registrations[assetId] == 0) return;
        address owner = _registry.ownerOf(assetId);
        vm.prank(owner);
        _registry.transferFrom(owner, member(buyer), assetId);
    }

    function setPrice(uint256 caller, uint256 digest, uint96 price) external {
        uint256 assetId = uint256(digestOf(digest));
        bool isOwner = registrations[assetId] != 0 && _registry.ownerOf(assetId) == member(caller);
        vm.prank(member(caller));
        try _registry.setPrice(assetId, price) {
            // The price set by anyone else is not remembered, so that the invariant notices it.
            if (isOwner) lastPrice[assetId] = price;
        } catch {}
    }
}
