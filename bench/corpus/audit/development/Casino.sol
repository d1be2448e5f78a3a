pragma solidity ^0.4.25;

contract Casino {
    uint seedA;
    uint seedB;
    address host;
    mapping(address => uint) lastPlay;

    constructor() public payable { host = msg.sender; seedA = block.number; seedB = now; }

    function play(uint8 guess) public payable returns (bool) {
        require(msg.value == 0.1 ether && guess < 10);
        require(lastPlay[msg.sender] < block.number);
        lastPlay[msg.sender] = block.number;
        seedA = seedA * 1103515245 + 12345;
        uint8 drawn = uint8(seedA % 10);
        if (drawn == guess) {
            msg.sender.transfer(0.8 ether);
            return true;
        }
        return false;
    }

    function close() public { require(msg.sender == host); selfdestruct(host); }
}
