// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @dev Where the contracts of the x402 scheme `batch-settlement` live on every chain; payment libraries have these
/// addresses built in.
library SettlementAddresses {
    address internal constant SETTLEMENT = 0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003;
    address internal constant ERC3009_COLLECTOR = 0x4020806089470a89826cB9fB1f4059150b550004;
    address internal constant PERMIT2_COLLECTOR = 0x4020425FAf3B746C082C2f942b4E5159887B0005;
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
}
