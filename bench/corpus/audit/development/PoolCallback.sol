// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

interface IPool {
    function swap(address to, bool zero, int256 amount, uint160 limit, bytes calldata data) external returns (int256, int256);
}

contract PoolCallback {
    IPool public immutable pool;
    IERC20 public immutable token;

    constructor(IPool p, IERC20 t) {
        pool = p;
        token = t;
    }

    function trade(int256 amount, uint160 limit) external {
        pool.swap(msg.sender, true, amount, limit, abi.encode(msg.sender));
    }

    function uniswapV3SwapCallback(int256 delta, int256, bytes calldata data) external {
        address payer = abi.decode(data, (address));
        require(delta > 0, "delta");
        require(token.transferFrom(payer, msg.sender, uint256(delta)), "pay");
    }
}
