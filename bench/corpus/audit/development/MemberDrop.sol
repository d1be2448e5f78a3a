// SPDX-License-Identifier: MIT
pragma solidity ^0.8.4;

interface IERC721Receiver {
    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4);
}

contract MemberDrop {
    uint256 public constant MAX_PER_WALLET = 2;
    uint256 public constant CAP = 5000;
    uint256 public supply;
    address public immutable treasury;
    mapping(uint256 => address) public ownerOf;
    mapping(address => uint256) public mintedBy;

    constructor(address treasury_) {
        treasury = treasury_;
    }

    function mint(uint256 count) external payable {
        require(msg.value == count * 0.05 ether, "price");
        require(mintedBy[msg.sender] + count <= MAX_PER_WALLET, "limit");
        require(supply + count <= CAP, "cap");
        for (uint256 i = 0; i < count; i++) {
            uint256 id = ++supply;
            ownerOf[id] = msg.sender;
            _checkReceiver(msg.sender, id);
        }
        mintedBy[msg.sender] += count;
    }

    function release() external {
        (bool ok, ) = treasury.call{value: address(this).balance}("");
        require(ok, "release");
    }

    function _checkReceiver(address to, uint256 id) private {
        if (to.code.length > 0) {
            bytes4 answer = IERC721Receiver(to).onERC721Received(msg.sender, address(0), id, "");
            require(answer == IERC721Receiver.onERC721Received.selector, "receiver");
        }
    }
}
