// SPDX-License-Identifier: MIT
pragma solidity ^0.8.10;

interface IERC721 {
    function safeTransferFrom(address from, address to, uint256 id) external;
    function transferFrom(address from, address to, uint256 id) external;
}

contract Escrow721 {
    struct Sale {
        address seller;
        uint128 price;
        bool open;
    }

    mapping(address => mapping(uint256 => Sale)) public sales;
    mapping(address => uint256) public due;

    function offer(IERC721 nft, uint256 id, uint128 price) external {
        sales[address(nft)][id] = Sale(msg.sender, price, true);
        nft.transferFrom(msg.sender, address(this), id);
    }

    function buy(IERC721 nft, uint256 id) external payable {
        Sale storage sale = sales[address(nft)][id];
        require(sale.open && msg.value == sale.price, "sale");
        sale.open = false;
        due[sale.seller] += msg.value;
        nft.safeTransferFrom(address(this), msg.sender, id);
    }

    function cancel(IERC721 nft, uint256 id) external {
        Sale storage sale = sales[address(nft)][id];
        require(sale.open && sale.seller == msg.sender, "seller");
        sale.open = false;
        nft.safeTransferFrom(address(this), msg.sender, id);
    }

    function collect() external {
        uint256 amount = due[msg.sender];
        due[msg.sender] = 0;
        (bool ok, ) = msg.sender.call{value: amount}("");
        require(ok, "pay");
    }
}
