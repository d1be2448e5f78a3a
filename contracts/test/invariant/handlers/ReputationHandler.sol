// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IdentityRegistry} from "../../../src/identity/IdentityRegistry.sol";
import {ReputationRegistry} from "../../../src/identity/ReputationRegistry.sol";
import {CallAnchor} from "../../../src/market/CallAnchor.sol";
import {ICallAnchor} from "../../../src/market/ICallAnchor.sol";
import {IBatchSettlement} from "../../../src/settlement/IBatchSettlement.sol";
import {AssayToken} from "../../../src/token/AssayToken.sol";
import {SettlementSigning} from "../../settlement/SettlementSigning.sol";
import {Cast} from "./Cast.sol";

/**
 * @dev The cast pays two agents of one provider, by authorization and by channel, and proves its payments and those of
 * others, again and again, to either agent. Every payment is counted once when it happens.
 */
contract ReputationHandler is Cast, SettlementSigning {
    bytes32 private constant TRANSFER = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    uint256 private constant PROVIDER_KEY = 0x9404;
    uint256 private constant SUPPLY = 1e15;

    IdentityRegistry private immutable _identity = new IdentityRegistry();
    CallAnchor private immutable _anchor = new CallAnchor();
    AssayToken private immutable _token;
    ReputationRegistry public immutable reputation;

    mapping(address client => uint256 times) public payments;
    mapping(uint256 agentId => mapping(address client => uint256 times)) public feedback;

    /// @dev Feedback without a payment of one's own left, and proofs by others than the payer.
    uint256 public wrongs;

    ICallAnchor.CallRecord[] private _records;
    mapping(address client => uint128 total) private _claimed;

    constructor() {
        _install();
        _token = new AssayToken(address(this), SUPPLY);
        reputation = new ReputationRegistry(address(_identity), address(SETTLEMENT), address(_anchor), address(_token));
        vm.startPrank(vm.addr(PROVIDER_KEY));
        _identity.register();
        _identity.register();
        vm.stopPrank();
        for (uint256 i = 0; i < CAST_SIZE; ++i) {
            _token.transfer(member(i), SUPPLY / CAST_SIZE);
            bytes32 channelId = SETTLEMENT.getChannelId(_channelOf(i));
            bytes memory consent = _consentOf(member(i), _key(i), _token, channelId, uint128(SUPPLY / 8), 1);
            SETTLEMENT.deposit(_channelOf(i), uint128(SUPPLY / 8), ERC3009_COLLECTOR, consent);
        }
    }

    function payCall(uint256 client, uint16 amount) external {
        bytes32 nonce = bytes32(_records.length + 1);
        ICallAnchor.CallRecord memory record;
        (record.provider, record.payer) = (vm.addr(PROVIDER_KEY), member(client));
        (record.token, record.amount, record.paymentNonce) = (address(_token), amount, nonce);
        bytes32 structHash =
            keccak256(abi.encode(TRANSFER, record.payer, record.provider, amount, 0, type(uint256).max, nonce));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _token.DOMAIN_SEPARATOR(), structHash));
        _token.transferWithAuthorization(
            record.payer, record.provider, amount, 0, type(uint256).max, nonce, _sign(_key(client), digest)
        );
        _records.push(record);
        if (amount != 0) payments[record.payer] += 1;
    }

    function claim(uint256 client, uint16 amount) external {
        if (amount == 0) return;
        uint128 total = _claimed[member(client)] += amount;
        IBatchSettlement.VoucherClaim[] memory batch =
            _batch(_lineSignedBy(_key(client), _channelOf(client), total, total));
        vm.prank(vm.addr(PROVIDER_KEY));
        SETTLEMENT.claim(batch);
        payments[member(client)] += 1;
    }

    function proveCall(uint256 caller, uint256 agent, uint256 which) external {
        if (_records.length == 0) return;
        ICallAnchor.CallRecord memory record = _records[which % _records.length];
        bytes memory signature = _sign(PROVIDER_KEY, _anchor.recordDigest(record));
        vm.prank(member(caller));
        try reputation.proveCall(_agentOf(agent), record, signature) {
            if (record.payer != member(caller) || record.amount == 0) wrongs += 1;
        } catch {}
    }

    function proveChannel(uint256 caller, uint256 agent, uint256 client) external {
        if (caller % 2 == 0) client = caller;
        vm.prank(member(caller));
        try reputation.proveChannel(_agentOf(agent), _channelOf(client)) {
            if (member(client) != member(caller)) wrongs += 1;
        } catch {}
    }

    function giveFeedback(uint256 caller, uint256 agent, int64 value) external {
        uint256 agentId = _agentOf(agent);
        uint64 left = reputation.feedbackLeft(agentId, member(caller));
        vm.prank(member(caller));
        try reputation.giveFeedback(agentId, value, 0, "", "", "", "", 0) {
            if (left == 0) wrongs += 1;
            feedback[agentId][member(caller)] += 1;
        } catch {}
    }

    function revokeFeedback(uint256 caller, uint256 agent, uint64 index) external {
        vm.prank(member(caller));
        try reputation.revokeFeedback(_agentOf(agent), index % 4) {} catch {}
    }

    function _channelOf(uint256 client) private view returns (IBatchSettlement.ChannelConfig memory) {
        address provider = vm.addr(PROVIDER_KEY);
        address payer = member(client);
        return IBatchSettlement.ChannelConfig(payer, payer, provider, provider, address(_token), 15 minutes, "salt");
    }

    function _agentOf(uint256 seed) private pure returns (uint256) {
        return seed % 2 + 1;
    }
}
