// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {BatchSettlement} from "../../src/settlement/BatchSettlement.sol";
import {IBatchSettlement} from "../../src/settlement/IBatchSettlement.sol";
import {Channels} from "./Channels.sol";

/// @dev The digests equal those that Python signs, for the vectors that both read.
contract SettlementDigestsTest is Channels {
    string private _vectors;

    function setUp() public override {
        super.setUp();
        _vectors = vm.readFile("test/vectors/vouchers.json");
        vm.chainId(vm.parseJsonUint(_vectors, ".chain_id"));
        vm.assertEq(vm.parseJsonAddress(_vectors, ".contract"), address(SETTLEMENT));
    }

    function test_ChannelsVouchersAndRefundsEqualThoseFromPython() public view {
        uint256 count = vm.parseJsonUint(_vectors, ".count");
        for (uint256 i = 0; i < count; ++i) {
            string memory line = _line(i);
            IBatchSettlement.VoucherClaim memory given = _claimOf(line);
            bytes32 id = SETTLEMENT.getChannelId(given.voucher.channel);
            uint256 nonce = vm.parseJsonUint(_vectors, string.concat(line, ".refund_nonce"));

            vm.assertEq(id, _word(line, ".channel_id"));
            vm.assertEq(
                SETTLEMENT.getVoucherDigest(id, given.voucher.maxClaimableAmount), _word(line, ".voucher_digest")
            );
            vm.assertEq(SETTLEMENT.getRefundDigest(id, nonce, given.totalClaimed), _word(line, ".refund_digest"));
        }
        vm.assertTrue(count > 2);
    }

    function test_ABatchEqualsTheOneFromPython() public view {
        IBatchSettlement.VoucherClaim[] memory lines =
            new IBatchSettlement.VoucherClaim[](vm.parseJsonUint(_vectors, ".count"));
        for (uint256 i = 0; i < lines.length; ++i) {
            lines[i] = _claimOf(_line(i));
        }

        vm.assertEq(SETTLEMENT.getClaimBatchDigest(lines), vm.parseJsonBytes32(_vectors, ".batch_digest"));
    }

    function testFuzz_AChannelIsBoundToEveryFieldTheChainAndTheContract(
        IBatchSettlement.ChannelConfig memory config,
        uint8 field
    )
        public
    {
        bytes32 before = SETTLEMENT.getChannelId(config);
        bytes memory words = abi.encode(config);
        words[uint256(field) % 7 * 32 + 31] ^= 0x01;
        bytes32 changed = SETTLEMENT.getChannelId(abi.decode(words, (IBatchSettlement.ChannelConfig)));

        vm.assertTrue(before != changed);
        vm.assertTrue(before != new BatchSettlement().getChannelId(config));
        vm.chainId(block.chainid + 1);
        vm.assertTrue(before != SETTLEMENT.getChannelId(config));
    }

    function _line(uint256 index) private pure returns (string memory) {
        return string.concat(".lines[", Strings.toString(index), "]");
    }

    function _claimOf(string memory line) private view returns (IBatchSettlement.VoucherClaim memory) {
        string memory channel = string.concat(line, ".channel");
        IBatchSettlement.ChannelConfig memory config = IBatchSettlement.ChannelConfig({
            payer: _address(channel, ".payer"),
            payerAuthorizer: _address(channel, ".payerAuthorizer"),
            receiver: _address(channel, ".receiver"),
            receiverAuthorizer: _address(channel, ".receiverAuthorizer"),
            token: _address(channel, ".token"),
            withdrawDelay: uint40(vm.parseJsonUint(_vectors, string.concat(channel, ".withdrawDelay"))),
            salt: _word(channel, ".salt")
        });
        uint128 maxClaimable = uint128(vm.parseJsonUint(_vectors, string.concat(line, ".max_claimable")));
        uint128 total = uint128(vm.parseJsonUint(_vectors, string.concat(line, ".total")));
        return IBatchSettlement.VoucherClaim(IBatchSettlement.Voucher(config, maxClaimable), "", total);
    }

    function _address(string memory parent, string memory key) private view returns (address) {
        return vm.parseJsonAddress(_vectors, string.concat(parent, key));
    }

    function _word(string memory parent, string memory key) private view returns (bytes32) {
        return vm.parseJsonBytes32(_vectors, string.concat(parent, key));
    }
}
