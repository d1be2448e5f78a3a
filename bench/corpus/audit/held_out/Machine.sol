pragma solidity ^0.6.1;

contract Machine {
    address private immutable dealer;
    bytes32 public immutable chain;
    uint256 private plays;
    mapping(uint256 => address payable) private player;
    bytes32 private shown;

    constructor(bytes32 tip) public payable {
        dealer = msg.sender;
        chain = tip;
        shown = tip;
    }

    function pull() external payable {
        require(msg.value == 0.01 ether, "coin");
        player[plays] = msg.sender;
        plays += 1;
    }

    function answer(uint256 play, bytes32 link) external {
        require(msg.sender == dealer, "dealer");
        require(keccak256(abi.encode(link)) == shown, "not the next");
        shown = link;
        if (uint256(link) % 100 < 3) {
            player[play].transfer(0.2 ether);
        }
    }
}
