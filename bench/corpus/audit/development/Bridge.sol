// SPDX-License-Identifier: MIT
pragma solidity ^0.8.17;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract Bridge {
    IERC20 public immutable token;
    address public relayer;
    uint256 public sent;
    mapping(uint256 => bool) public done;

    event Sent(uint256 indexed id, address to, uint256 amount);

    constructor(IERC20 token_) {
        token = token_;
        relayer = msg.sender;
    }

    function send(address to, uint256 amount) external {
        uint256 id = sent++;
        require(token.transferFrom(msg.sender, address(this), amount), "in");
        emit Sent(id, to, amount);
    }

    function receiveFrom(uint256 id, address to, uint256 amount) external {
        require(!done[id], "done");
        done[id] = true;
        require(token.transfer(to, amount), "out");
    }

    function setRelayer(address next) external {
        require(msg.sender == relayer, "relayer");
        relayer = next;
    }
}
