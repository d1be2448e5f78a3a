// SPDX-License-Identifier: MIT
pragma solidity ^0.8.13;

contract Stream {
    address public immutable payer;
    address public immutable payee;
    uint64 public immutable start;
    uint64 public immutable stop;
    uint128 public funded;
    uint128 public withdrawn;

    constructor(address payee_, uint64 start_, uint64 stop_) payable {
        require(payee_ != address(0), "payee");
        require(start_ >= block.timestamp && stop_ > start_ + 1 days, "span");
        require(msg.value <= type(uint128).max, "much");
        payer = msg.sender;
        payee = payee_;
        start = start_;
        stop = stop_;
        funded = uint128(msg.value);
    }

    function vested() public view returns (uint128) {
        if (block.timestamp <= start) return 0;
        if (block.timestamp >= stop) return funded;
        return uint128((uint256(funded) * (block.timestamp - start)) / (stop - start));
    }

    function withdraw() external {
        require(msg.sender == payee, "payee");
        uint128 amount = vested() - withdrawn;
        withdrawn += amount;
        (bool ok, ) = payee.call{value: amount}("");
        require(ok, "refused");
    }
}
