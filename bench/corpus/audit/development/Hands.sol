pragma solidity ^0.7.6;

contract RockPaperScissors {
    enum Hand { None, Rock, Paper, Scissors }
    address payable[2] public players;
    Hand[2] public hands;
    uint256 public stake = 0.1 ether;

    function sit(uint256 seat) external payable {
        require(seat < 2 && players[seat] == address(0), "taken");
        require(msg.value == stake, "stake");
        players[seat] = msg.sender;
    }

    function show(uint256 seat, Hand h) external {
        require(msg.sender == players[seat], "seat");
        require(h != Hand.None && hands[seat] == Hand.None, "hand");
        hands[seat] = h;
    }

    function finish() external {
        require(hands[0] != Hand.None && hands[1] != Hand.None, "wait");
        uint256 diff = (uint256(hands[0]) + 3 - uint256(hands[1])) % 3;
        address payable a = players[0];
        address payable b = players[1];
        delete players;
        delete hands;
        if (diff == 0) {
            a.transfer(stake);
            b.transfer(stake);
        } else if (diff == 1) {
            a.transfer(2 * stake);
        } else {
            b.transfer(2 * stake);
        }
    }
}
