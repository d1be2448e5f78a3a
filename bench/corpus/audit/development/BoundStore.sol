pragma solidity ^0.4.24;

contract Ownable {
    address public owner;
    constructor() public { owner = msg.sender; }
    modifier onlyOwner() { require(msg.sender == owner, "o"); _; }
}

contract CappedShop is Ownable {
    mapping(uint => uint) public priceOf;
    mapping(address => mapping(uint => uint)) public bought;

    function setPrice(uint id, uint p) public onlyOwner { priceOf[id] = p; }

    function buy(uint id, uint most) public payable {
        uint p = priceOf[id];
        require(p > 0 && p <= most && msg.value == p);
        bought[msg.sender][id] += 1;
    }

    function collect() public onlyOwner { owner.transfer(address(this).balance); }
}
