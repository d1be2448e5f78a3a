pragma solidity ^0.8.2;

contract Raffle {
    address[] public players;
    address public host;

    constructor() {
        host = msg.sender;
    }

    function enter() external payable {
        require(msg.value == 0.1 ether, "a tenth");
        require(players.length < 50, "full");
        players.push(msg.sender);
    }

    function draw() external {
        require(msg.sender == host && players.length == 50, "not yet");
        uint256 pick = _number() % players.length;
        address winner = players[pick];
        delete players;
        (bool sent, ) = winner.call{value: 5 ether}("");
        require(sent, "not sent");
    }

    function _number() private view returns (uint256) {
        return uint256(keccak256(abi.encode(block.difficulty, block.coinbase, players.length)));
    }
}
