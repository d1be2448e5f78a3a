// SPDX-License-Identifier: MIT
pragma solidity ^0.8.12;

interface IERC1155 {
    function safeTransferFrom(address from, address to, uint256 id, uint256 amount, bytes calldata data) external;
}

contract Market {
    IERC1155 public immutable goods;
    mapping(uint256 => uint256) public stock;
    mapping(uint256 => uint256) public price;
    address payable public immutable shop;

    constructor(IERC1155 g) {
        goods = g;
        shop = payable(msg.sender);
    }

    function fill(uint256 id, uint256 amount, uint256 each) external {
        require(msg.sender == shop, "shop");
        stock[id] += amount;
        price[id] = each;
        goods.safeTransferFrom(msg.sender, address(this), id, amount, "");
    }

    function buy(uint256 id, uint256 amount) external payable {
        require(stock[id] >= amount, "stock");
        require(msg.value == price[id] * amount, "price");
        goods.safeTransferFrom(address(this), msg.sender, id, amount, "");
        stock[id] -= amount;
    }

    function cash() external {
        shop.transfer(address(this).balance);
    }
}
