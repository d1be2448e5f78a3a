pragma solidity ^0.4.24;

contract Fingers {
    struct Player {
        address who;
        bytes32 digest;
        uint256 number;
        bool open;
    }
    Player[2] private players;
    uint256 private joined;

    function play(bytes32 digest) public payable {
        require(msg.value == 1 ether && joined < 2);
        players[joined] = Player(msg.sender, digest, 0, false);
        joined++;
    }

    function show(uint256 seat, uint256 number, bytes32 salt) public {
        require(joined == 2 && seat < 2);
        Player storage player = players[seat];
        require(player.who == msg.sender && !player.open);
        require(player.digest == keccak256(abi.encodePacked(number, salt, msg.sender)));
        player.number = number;
        player.open = true;
    }

    function settle() public {
        require(players[0].open && players[1].open);
        uint256 sum = (players[0].number % 10) + (players[1].number % 10);
        address winner = players[sum % 2].who;
        joined = 0;
        delete players[0];
        delete players[1];
        winner.transfer(1800 finney);
    }
}
