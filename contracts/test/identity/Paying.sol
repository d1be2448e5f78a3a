// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IdentityRegistry} from "../../src/identity/IdentityRegistry.sol";
import {ReputationRegistry} from "../../src/identity/ReputationRegistry.sol";
import {CallAnchor} from "../../src/market/CallAnchor.sol";
import {ICallAnchor} from "../../src/market/ICallAnchor.sol";
import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Channels} from "../settlement/Channels.sol";

/// @dev An agent with a service, and a client that pays it by channel and by authorization.
abstract contract Paying is Channels {
    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    uint256 internal constant PROVIDER_KEY = 0x9404;
    uint256 internal constant SERVICE = uint256(keccak256("service"));
    uint128 internal constant DEPOSIT = 100e6;

    IdentityRegistry internal _identity;
    CallAnchor internal _anchor;
    ReputationRegistry internal _reputation;
    uint256 internal _agentId;
    address internal _provider;

    function setUp() public virtual override {
        super.setUp();
        _provider = vm.addr(PROVIDER_KEY);
        _identity = new IdentityRegistry();
        _anchor = new CallAnchor();
        _reputation = new ReputationRegistry(address(_identity), address(SETTLEMENT), address(_anchor), address(_token));
        vm.prank(_provider);
        _agentId = _identity.register();
    }

    /// @dev A channel to the agent, with a deposit, of which `claimed` has been claimed.
    function _channel(bytes32 salt, uint128 claimed) internal returns (IBatchSettlement.ChannelConfig memory config) {
        config = _configWith(salt);
        config.receiver = _provider;
        _deposit(config, DEPOSIT);
        if (claimed != 0) _claim(config, claimed);
    }

    /// @dev The record of a call whose payment by authorization is on chain.
    function _paidCall(uint256 amount, bytes32 nonce) internal returns (ICallAnchor.CallRecord memory record) {
        record = ICallAnchor.CallRecord({
            provider: _provider,
            payer: _payer,
            service: SERVICE,
            model: uint256(keccak256("model")),
            promptDigest: keccak256("prompt"),
            outputDigest: keccak256("output"),
            token: address(_token),
            amount: amount,
            paymentNonce: nonce,
            startedAt: 1_800_000_000,
            finishedAt: 1_800_000_003
        });
        bytes32 structHash = keccak256(abi.encode(TRANSFER, _payer, _provider, amount, 0, type(uint256).max, nonce));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
        _token.transferWithAuthorization(
            _payer, _provider, amount, 0, type(uint256).max, nonce, _sign(PAYER_KEY, digest)
        );
    }

    function _signed(ICallAnchor.CallRecord memory record) internal view returns (bytes memory) {
        return _sign(PROVIDER_KEY, _anchor.recordDigest(record));
    }

    /// @dev Has the client prove a payment of its own.
    function _prove(bytes32 nonce) internal {
        ICallAnchor.CallRecord memory record = _paidCall(1, nonce);
        bytes memory signature = _signed(record);
        vm.prank(_payer);
        _reputation.proveCall(_agentId, record, signature);
    }

    function _give(int128 value, uint8 decimals, string memory tag1, string memory tag2) internal {
        vm.prank(_payer);
        _reputation.giveFeedback(_agentId, value, decimals, tag1, tag2, "", "", 0);
    }
}
