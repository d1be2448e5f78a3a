// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICommitments} from "../../src/core/ICommitments.sol";
import {AssetRegistry} from "../../src/market/AssetRegistry.sol";
import {IAssetRegistry} from "../../src/market/IAssetRegistry.sol";
import {Committing} from "../support/Committing.sol";

contract AssetRegistryTest is Committing {
    address private constant CURRENCY = address(0xCA54);

    AssetRegistry private _registry;

    function setUp() public {
        vm.warp(1_800_000_000);
        vm.roll(1000);
        _registry = new AssetRegistry(CURRENCY, MINIMUM_AGE);
    }

    function test_RevertGiven_NoCommitment() public {
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(CREATOR);
        _registry.register(_dataset(), SALT);
    }

    function test_RevertGiven_TheCommitmentOfAnother() public {
        _commit(_registry, CREATOR, _dataset().contentDigest);
        vm.expectPartialRevert(ICommitments.CommitmentsUnknown.selector);

        vm.prank(THIEF);
        _registry.register(_dataset(), SALT);
    }

    function testFuzz_RevertWhen_ADigestIsZero(bool content) public {
        IAssetRegistry.Registration memory given = _dataset();
        if (content) given.contentDigest = 0;
        else given.metadataDigest = 0;
        _expectRegisterRevert(
            given,
            abi.encodeWithSelector(
                IAssetRegistry.AssetRegistryZeroDigest.selector, given.contentDigest, given.metadataDigest
            )
        );
    }

    function testFuzz_RevertWhen_TheRoyaltyIsTooHigh(uint16 royaltyBps) public {
        IAssetRegistry.Registration memory given = _dataset();
        given.royaltyBps = uint16(_bound(royaltyBps, 10_001, type(uint16).max));
        _expectRegisterRevert(
            given, abi.encodeWithSelector(IAssetRegistry.AssetRegistryRoyaltyTooHigh.selector, given.royaltyBps)
        );
    }

    function testFuzz_RevertWhen_TheParentIsUnknown(uint256 parent) public {
        vm.assume(parent != 0);
        IAssetRegistry.Registration memory given = _dataset();
        given.parent = parent;
        _expectRegisterRevert(given, abi.encodeWithSelector(IAssetRegistry.AssetRegistryUnknownParent.selector, parent));
    }

    function test_RevertGiven_RegisteredContent() public {
        uint256 assetId = _registered(CREATOR, _dataset());
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, BUYER, assetId);
        _commit(_registry, THIEF, bytes32(assetId));
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AssetRegistryAlreadyRegistered.selector, assetId, BUYER));

        vm.prank(THIEF);
        _registry.register(_dataset(), SALT);
    }

    function testFuzz_RegisterKeepsEveryFact(
        address creator,
        bytes32 digest,
        uint8 kind,
        bytes4 licence,
        uint16 royaltyBps,
        uint96 price,
        uint40 time
    )
        public
    {
        vm.assume(creator != address(0) && digest != 0 && digest != _dataset().contentDigest);
        IAssetRegistry.Registration memory given = IAssetRegistry.Registration({
            contentDigest: digest,
            metadataDigest: ~keccak256(abi.encode(digest)),
            parent: _registered(BUYER, _dataset()),
            kind: IAssetRegistry.AssetKind(kind % 3),
            licence: licence,
            royaltyBps: uint16(_bound(royaltyBps, 0, 10_000)),
            price: price
        });
        vm.warp(time);

        uint256 assetId = _registered(creator, given);

        IAssetRegistry.Asset memory asset = _registry.assetOf(assetId);
        vm.assertEq(assetId, uint256(given.contentDigest));
        vm.assertEq(_registry.ownerOf(assetId), creator);
        vm.assertEq(asset.creator, creator);
        vm.assertEq(asset.registeredAt, time);
        vm.assertEq(uint256(asset.kind), uint256(given.kind));
        vm.assertEq(asset.royaltyBps, given.royaltyBps);
        vm.assertEq(bytes32(asset.licence), bytes32(given.licence));
        vm.assertEq(asset.metadataDigest, given.metadataDigest);
        vm.assertEq(asset.parent, given.parent);
        vm.assertEq(asset.price, given.price);
    }

    function test_RegisterEmitsEveryFact() public {
        IAssetRegistry.Registration memory given = _service(_registered(CREATOR, _dataset()));
        _commit(_registry, CREATOR, given.contentDigest);
        vm.expectEmit(address(_registry));
        emit IAssetRegistry.AssetRegistered(
            uint256(given.contentDigest),
            CREATOR,
            given.kind,
            given.metadataDigest,
            given.parent,
            given.licence,
            given.royaltyBps,
            given.price,
            uint40(block.timestamp)
        );

        vm.prank(CREATOR);
        _registry.register(given, SALT);
    }

    function testFuzz_RevertGiven_NoAsset(uint256 assetId) public {
        bytes memory unknown = abi.encodeWithSelector(IAssetRegistry.AssetRegistryUnknownAsset.selector, assetId);

        vm.expectRevert(unknown);
        _registry.setPrice(assetId, 1);
        vm.expectRevert(unknown);
        _registry.assetOf(assetId);
        vm.expectRevert(unknown);
        _registry.tokenURI(assetId);
        vm.expectRevert(unknown);
        _registry.royaltyInfo(assetId, 100);
    }

    function test_RevertWhen_AStrangerSetsThePrice() public {
        uint256 assetId = _registered(CREATOR, _dataset());
        _expectNotOwner(assetId, THIEF, CREATOR);

        vm.prank(THIEF);
        _registry.setPrice(assetId, 1);
    }

    function test_RevertWhen_TheCreatorSetsThePriceAfterASale() public {
        uint256 assetId = _registered(CREATOR, _dataset());
        vm.startPrank(CREATOR);
        _registry.transferFrom(CREATOR, BUYER, assetId);
        _expectNotOwner(assetId, CREATOR, BUYER);

        _registry.setPrice(assetId, 1);
    }

    function testFuzz_SetPriceChangesThePriceOnly(uint96 price) public {
        uint256 assetId = _registered(CREATOR, _dataset());
        IAssetRegistry.Asset memory expected = _registry.assetOf(assetId);
        expected.price = price;
        vm.expectEmit(address(_registry));
        emit IAssetRegistry.PriceChanged(assetId, price);

        vm.prank(CREATOR);
        _registry.setPrice(assetId, price);

        vm.assertEq(keccak256(abi.encode(_registry.assetOf(assetId))), keccak256(abi.encode(expected)));
    }

    function testFuzz_TheCreatorStaysTheCreator(uint256 salePrice) public {
        uint256 assetId = _registered(CREATOR, _service(_registered(BUYER, _dataset())));
        vm.prank(CREATOR);
        _registry.transferFrom(CREATOR, BUYER, assetId);
        vm.prank(BUYER);
        _registry.transferFrom(BUYER, THIEF, assetId);

        (address receiver, uint256 royalty) = _registry.royaltyInfo(assetId, salePrice);

        vm.assertEq(_registry.assetOf(assetId).creator, CREATOR);
        vm.assertEq(receiver, CREATOR);
        vm.assertEq(royalty, (salePrice / 10_000) * 500 + (salePrice % 10_000) * 500 / 10_000);
    }

    function test_TheTokenUriIsTheCidOfTheMetadata() public {
        IAssetRegistry.Registration memory given = _dataset();
        given.metadataDigest = sha256("hello");

        uint256 assetId = _registered(CREATOR, given);

        vm.assertEq(_registry.tokenURI(assetId), "ipfs://bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq");
        vm.assertEq(_registry.currency(), CURRENCY);
    }

    function test_TheInterfacesAreKnown() public view {
        vm.assertTrue(_registry.supportsInterface(0x01ffc9a7));
        vm.assertTrue(_registry.supportsInterface(0x80ac58cd));
        vm.assertTrue(_registry.supportsInterface(0x5b5e139f));
        vm.assertTrue(_registry.supportsInterface(0x2a55205a));
        vm.assertFalse(_registry.supportsInterface(0xffffffff));
    }

    function _expectRegisterRevert(IAssetRegistry.Registration memory given, bytes memory revertData) private {
        _commit(_registry, CREATOR, given.contentDigest);
        vm.expectRevert(revertData);
        vm.prank(CREATOR);
        _registry.register(given, SALT);
    }

    function _expectNotOwner(uint256 assetId, address caller, address owner) private {
        vm.expectRevert(abi.encodeWithSelector(IAssetRegistry.AssetRegistryNotOwner.selector, assetId, caller, owner));
    }

    function _registered(address creator, IAssetRegistry.Registration memory given) private returns (uint256) {
        _commit(_registry, creator, given.contentDigest);
        vm.prank(creator);
        return _registry.register(given, SALT);
    }

    function _dataset() private pure returns (IAssetRegistry.Registration memory) {
        return IAssetRegistry.Registration({
            contentDigest: keccak256("dataset"),
            metadataDigest: keccak256("dataset metadata"),
            parent: 0,
            kind: IAssetRegistry.AssetKind.Dataset,
            licence: bytes4(keccak256("CC0-1.0")),
            royaltyBps: 0,
            price: 0
        });
    }

    function _service(uint256 parent) private pure returns (IAssetRegistry.Registration memory) {
        return IAssetRegistry.Registration({
            contentDigest: keccak256("service"),
            metadataDigest: keccak256("service metadata"),
            parent: parent,
            kind: IAssetRegistry.AssetKind.Service,
            licence: bytes4(keccak256("Apache-2.0")),
            royaltyBps: 500,
            price: 1000
        });
    }
}
