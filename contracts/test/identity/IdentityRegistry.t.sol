// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {IIdentityRegistry} from "../../src/identity/IIdentityRegistry.sol";
import {IdentityRegistry} from "../../src/identity/IdentityRegistry.sol";
import {SmartAccount} from "../support/SmartAccount.sol";
import {TestCase} from "../support/TestCase.sol";

contract IdentityRegistryTest is TestCase {
    string private constant URI = "https://agent.example/registration.json";
    uint256 private constant WALLET_KEY = 0xA11E7;

    IdentityRegistry private _identity;
    address private _wallet;

    function setUp() public {
        vm.warp(1_800_000_000);
        _identity = new IdentityRegistry();
        _wallet = vm.addr(WALLET_KEY);
    }

    function test_RegisterCountsAgents() public {
        vm.startPrank(CREATOR);

        vm.assertEq(_identity.register(), 1);
        vm.assertEq(_identity.register(URI), 2);

        vm.assertEq(_identity.agentCount(), 2);
        vm.assertEq(_identity.ownerOf(2), CREATOR);
        vm.assertEq(_identity.getAgentWallet(2), CREATOR);
        vm.assertEq(_identity.tokenURI(1), "");
        vm.assertEq(_identity.tokenURI(2), URI);
    }

    function testFuzz_RegisterKeepsUriAndMetadata(string calldata key, bytes calldata value) public {
        vm.assume(keccak256(bytes(key)) != keccak256("agentWallet"));
        IIdentityRegistry.MetadataEntry[] memory metadata = new IIdentityRegistry.MetadataEntry[](1);
        metadata[0] = IIdentityRegistry.MetadataEntry(key, value);

        vm.expectEmit(address(_identity));
        emit IERC721.Transfer(address(0), CREATOR, 1);
        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.Registered(1, URI, CREATOR);
        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.MetadataSet(1, "agentWallet", "agentWallet", abi.encodePacked(CREATOR));
        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.MetadataSet(1, key, key, value);
        vm.prank(CREATOR);
        uint256 agentId = _identity.register(URI, metadata);

        vm.assertEq(keccak256(_identity.getMetadata(agentId, key)), keccak256(value));
        vm.assertEq(keccak256(_identity.getMetadata(agentId, "agentWallet")), keccak256(abi.encodePacked(CREATOR)));
    }

    function test_RevertWhen_MetadataNameTheWallet() public {
        IIdentityRegistry.MetadataEntry[] memory metadata = new IIdentityRegistry.MetadataEntry[](1);
        metadata[0] = IIdentityRegistry.MetadataEntry("agentWallet", abi.encodePacked(THIEF));
        bytes memory reserved =
            abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryReservedKey.selector, "agentWallet");
        uint256 agentId = _registered();

        vm.startPrank(CREATOR);
        vm.expectRevert(reserved);
        _identity.register(URI, metadata);
        vm.expectRevert(reserved);
        _identity.setMetadata(agentId, "agentWallet", abi.encodePacked(THIEF));
    }

    function test_RevertWhen_TheCallerIsNotAuthorized() public {
        uint256 agentId = _registered();
        bytes memory foreign =
            abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryNotAuthorized.selector, agentId, THIEF);
        bytes memory signature = _walletSignature(agentId, _wallet, block.timestamp);

        vm.startPrank(THIEF);
        vm.expectRevert(foreign);
        _identity.setAgentURI(agentId, "");
        vm.expectRevert(foreign);
        _identity.setMetadata(agentId, "key", "");
        vm.expectRevert(foreign);
        _identity.setAgentWallet(agentId, _wallet, block.timestamp, signature);
        vm.expectRevert(foreign);
        _identity.unsetAgentWallet(agentId);
        vm.assertFalse(_identity.isAuthorizedOrOwner(THIEF, agentId));
    }

    function testFuzz_AnOperatorChangesUriAndMetadata(string calldata uri, bytes calldata value) public {
        uint256 agentId = _registered();
        vm.prank(CREATOR);
        _identity.setApprovalForAll(BUYER, true);

        vm.startPrank(BUYER);
        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.URIUpdated(agentId, uri, BUYER);
        _identity.setAgentURI(agentId, uri);
        _identity.setMetadata(agentId, "assay.service", abi.encode(7));
        _identity.setMetadata(agentId, "assay.service", value);

        vm.assertEq(_identity.tokenURI(agentId), uri);
        vm.assertEq(keccak256(_identity.getMetadata(agentId, "assay.service")), keccak256(value));
        vm.assertTrue(_identity.isAuthorizedOrOwner(BUYER, agentId));
    }

    function testFuzz_SetAgentWalletNeedsTheWalletsConsent(uint256 deadline) public {
        uint256 agentId = _registered();
        deadline = _bound(deadline, block.timestamp, block.timestamp + 5 minutes);
        bytes memory signature = _walletSignature(agentId, _wallet, deadline);

        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.MetadataSet(agentId, "agentWallet", "agentWallet", abi.encodePacked(_wallet));
        vm.startPrank(CREATOR);
        _identity.setAgentWallet(agentId, _wallet, deadline, signature);

        vm.assertEq(_identity.getAgentWallet(agentId), _wallet);
        vm.assertEq(keccak256(_identity.getMetadata(agentId, "agentWallet")), keccak256(abi.encodePacked(_wallet)));
        _identity.unsetAgentWallet(agentId);
        vm.assertEq(_identity.getAgentWallet(agentId), address(0));
        vm.assertEq(_identity.getMetadata(agentId, "agentWallet").length, 0);
    }

    function test_ASmartAccountBecomesTheWallet() public {
        uint256 agentId = _registered();
        address wallet = address(new SmartAccount(_wallet));
        bytes memory signature = _walletSignature(agentId, wallet, block.timestamp);

        vm.prank(CREATOR);
        _identity.setAgentWallet(agentId, wallet, block.timestamp, signature);

        vm.assertEq(_identity.getAgentWallet(agentId), wallet);
    }

    function testFuzz_RevertWhen_TheDeadlineIsWrong(uint256 deadline) public {
        uint256 agentId = _registered();
        uint256 latest = block.timestamp + 5 minutes;
        vm.assume(deadline < block.timestamp || deadline > latest);
        bytes memory signature = _walletSignature(agentId, _wallet, deadline);
        vm.expectRevert(
            deadline > latest
                ? abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryDeadlineTooFar.selector, deadline, latest)
                : abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryExpired.selector, deadline)
        );

        vm.prank(CREATOR);
        _identity.setAgentWallet(agentId, _wallet, deadline, signature);
    }

    function test_RevertWhen_TheWalletDidNotSignThis() public {
        uint256 agentId = _registered();
        uint256 other = _registered();
        bytes memory signature = _walletSignature(other, _wallet, block.timestamp);
        vm.startPrank(CREATOR);
        vm.expectRevert(
            abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryInvalidSignature.selector, agentId, _wallet)
        );
        _identity.setAgentWallet(agentId, _wallet, block.timestamp, signature);
        vm.expectRevert(
            abi.encodeWithSelector(IIdentityRegistry.IdentityRegistryInvalidSignature.selector, agentId, address(0))
        );
        _identity.setAgentWallet(agentId, address(0), block.timestamp, signature);
    }

    function test_ATransferLeavesTheAgentWithoutAWallet() public {
        uint256 agentId = _registered();
        vm.prank(CREATOR);
        _identity.transferFrom(CREATOR, CREATOR, agentId);
        vm.assertEq(_identity.getAgentWallet(agentId), CREATOR);

        vm.expectEmit(address(_identity));
        emit IIdentityRegistry.MetadataSet(agentId, "agentWallet", "agentWallet", "");
        vm.prank(CREATOR);
        _identity.transferFrom(CREATOR, BUYER, agentId);

        vm.assertEq(_identity.getAgentWallet(agentId), address(0));
        vm.assertEq(_identity.tokenURI(agentId), URI);
    }

    function testFuzz_RevertGiven_NoSuchAgent(uint256 agentId) public {
        bytes memory unknown = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, agentId);

        vm.expectRevert(unknown);
        _identity.getAgentWallet(agentId);
        vm.expectRevert(unknown);
        _identity.setMetadata(agentId, "key", "");
        vm.expectRevert(unknown);
        _identity.isAuthorizedOrOwner(address(this), agentId);
    }

    function _registered() private returns (uint256) {
        vm.prank(CREATOR);
        return _identity.register(URI);
    }

    function _walletSignature(uint256 agentId, address wallet, uint256 deadline) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("ERC8004IdentityRegistry"),
                keccak256("1"),
                block.chainid,
                address(_identity)
            )
        );
        bytes32 typehash = keccak256("AgentWalletSet(uint256 agentId,address newWallet,address owner,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typehash, agentId, wallet, CREATOR, deadline));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(WALLET_KEY, MessageHashUtils.toTypedDataHash(domain, structHash));
        return abi.encodePacked(r, s, v);
    }
}
