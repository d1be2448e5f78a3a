pragma solidity ^0.4.24;

contract Hands {
    struct Player {
        address who;
        uint256 number;
    }
    Player[2] private players;
    uint256 private joined;

    function play(uint256 number) public payable {
        require(msg.value == 1 ether);
        players[joined] = Player(msg.sender, number);
        joined++;
        if (joined == 2) {
            joined = 0;
            uint256 sum = (players[0].number % 10) + (players[1].number % 10);
            if (sum % 2 == 0) {
                players[0].who.transfer(1800 finney);
            } else {
                players[1].who.transfer(1800 finney);
            }
        }
    }
}
