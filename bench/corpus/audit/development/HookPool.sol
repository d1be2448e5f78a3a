// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC777 { function send(address to, uint256 amount, bytes calldata data) external; function operatorSend(address from, address to, uint256 amount, bytes calldata d, bytes calldata o) external; }

contract HookedPool {
    IERC777 public immutable coin;
    mapping(address => uint256) public stakeOf;
    uint256 public total;

    constructor(IERC777 c) { coin = c; }

    function tokensReceived(address, address from, address, uint256 amount, bytes calldata, bytes calldata) external {
        require(msg.sender == address(coin), "coin");
        stakeOf[from] += amount;
        total += amount;
    }

    function exit() external {
        uint256 mine = stakeOf[msg.sender];
        require(mine > 0, "none");
        coin.send(msg.sender, mine, "");
        stakeOf[msg.sender] = 0;
        total -= mine;
    }
}
