pragma solidity ^0.8.17;

contract FutureBlock {
    struct Bet {
        uint128 stake;
        uint64 at;
        uint8 pick;
    }

    mapping(address => Bet) public bets;

    constructor() payable {}

    function bet(uint8 pick) external payable {
        require(pick < 6 && msg.value > 0 && msg.value < 1 ether, "bet");
        require(bets[msg.sender].at == 0, "open");
        bets[msg.sender] = Bet(uint128(msg.value), uint64(block.number + 1), pick);
    }

    function settle() external {
        Bet memory b = bets[msg.sender];
        require(b.at != 0 && block.number > b.at, "early");
        delete bets[msg.sender];
        uint256 roll = uint256(blockhash(b.at)) % 6;
        if (roll == b.pick) {
            payable(msg.sender).transfer(uint256(b.stake) * 5);
        }
    }
}
