pragma solidity ^0.4.24;

contract Ownable {
    address public owner;
    constructor() public { owner = msg.sender; }
    modifier onlyOwner() { require(msg.sender == owner, "o"); _; }
    function transferOwnership(address to) public onlyOwner { owner = to; }
}

contract Shop is Ownable {
    mapping(uint => uint) public priceOf;
    mapping(uint => uint) public stock;
    mapping(address => mapping(uint => uint)) public bought;

    function setPrice(uint id, uint p) public onlyOwner { priceOf[id] = p; }
    function setStock(uint id, uint n) public onlyOwner { stock[id] = n; }

    function buy(uint id) public payable {
        require(stock[id] > 0);
        uint p = priceOf[id];
        require(msg.value >= p);
        stock[id] -= 1;
        bought[msg.sender][id] += 1;
        if (msg.value > p) msg.sender.transfer(msg.value - p);
    }

    function collect() public onlyOwner { owner.transfer(address(this).balance); }
}
