// SPDX-License-Identifier: MIT
pragma solidity ^0.8.9;

interface IERC777 {
    function send(address to, uint256 amount, bytes calldata data) external;
    function operatorSend(address from, address to, uint256 amount, bytes calldata data, bytes calldata more) external;
}

contract HookedVault {
    mapping(IERC777 => mapping(address => uint256)) public stakes;

    function enter(IERC777 token, uint256 amount) external {
        token.operatorSend(msg.sender, address(this), amount, "", "");
        stakes[token][msg.sender] += amount;
    }

    function leave(IERC777 token) external {
        uint256 amount = stakes[token][msg.sender];
        require(amount > 0, "empty");
        token.send(msg.sender, amount, "");
        stakes[token][msg.sender] = 0;
    }
}
