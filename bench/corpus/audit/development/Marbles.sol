pragma solidity ^0.4.23;

contract Marbles {
    struct Round {
        bytes32 first;
        bytes32 second;
        uint256 one;
        uint256 two;
    }
    address public alice;
    address public bob;
    Round private round;

    constructor(address other) public {
        alice = msg.sender;
        bob = other;
    }

    function commit(bytes32 digest) public payable {
        require(msg.value == 1 ether);
        if (msg.sender == alice) {
            require(round.first == 0);
            round.first = digest;
        } else {
            require(msg.sender == bob && round.second == 0);
            round.second = digest;
        }
    }

    function reveal(uint256 secret) public {
        require(round.first != 0 && round.second != 0);
        bytes32 digest = keccak256(abi.encodePacked(secret, msg.sender));
        if (msg.sender == alice) {
            require(digest == round.first);
            round.one = secret;
        } else {
            require(msg.sender == bob && digest == round.second);
            round.two = secret;
        }
    }

    function settle() public {
        require(msg.sender == alice || msg.sender == bob);
        require(round.one != 0 && round.two != 0);
        address winner = (round.one ^ round.two) % 2 == 0 ? alice : bob;
        delete round;
        winner.transfer(2 ether);
    }
}
