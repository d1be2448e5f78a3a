// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

interface IERC721 {
    function safeTransferFrom(address from, address to, uint256 id) external;
}

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
}

contract StakeNft {
    IERC721 public immutable nft;
    IERC20 public immutable token;
    uint256 public constant RATE = 1e15;
    mapping(uint256 => address) public staker;
    mapping(uint256 => uint256) public since;

    constructor(IERC721 n, IERC20 t) {
        nft = n;
        token = t;
    }

    function onERC721Received(address, address from, uint256 id, bytes calldata) external returns (bytes4) {
        require(msg.sender == address(nft), "nft");
        staker[id] = from;
        since[id] = block.timestamp;
        return this.onERC721Received.selector;
    }

    function unstake(uint256 id) external {
        require(staker[id] == msg.sender, "staker");
        uint256 reward = (block.timestamp - since[id]) * RATE;
        nft.safeTransferFrom(address(this), msg.sender, id);
        require(token.transfer(msg.sender, reward), "reward");
        delete staker[id];
    }
}
