// SPDX-License-Identifier: MIT
pragma solidity ^0.8.16;

interface IERC20 {
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract LimitOrder {
    struct Order {
        address maker;
        IERC20 sell;
        IERC20 buy;
        uint256 sellAmount;
        uint256 buyAmount;
        uint256 expires;
    }

    mapping(uint256 => Order) public orders;
    uint256 public count;

    function make(IERC20 sell, IERC20 buy, uint256 sellAmount, uint256 buyAmount, uint256 expires) external returns (uint256 id) {
        require(sellAmount > 0 && buyAmount > 0 && expires > block.timestamp, "order");
        id = count++;
        orders[id] = Order(msg.sender, sell, buy, sellAmount, buyAmount, expires);
    }

    function cancel(uint256 id) external {
        require(orders[id].maker == msg.sender, "maker");
        delete orders[id];
    }

    function fill(uint256 id) external {
        Order memory o = orders[id];
        require(o.maker != address(0) && block.timestamp <= o.expires, "order");
        delete orders[id];
        require(o.buy.transferFrom(msg.sender, o.maker, o.buyAmount), "buy");
        require(o.sell.transferFrom(o.maker, msg.sender, o.sellAmount), "sell");
    }
}
