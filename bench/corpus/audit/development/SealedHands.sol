pragma solidity ^0.7.6;

contract SealedHands {
    address payable[2] public players;
    bytes32[2] seals;
    uint8[2] hands;
    uint256 public constant STAKE = 0.1 ether;
    mapping(address => uint256) public credit;

    function sit(uint256 seat, bytes32 sealed_) external payable {
        require(seat < 2 && players[seat] == address(0), "taken");
        require(msg.value == STAKE, "stake");
        players[seat] = msg.sender;
        seals[seat] = sealed_;
    }

    function show(uint256 seat, uint8 h, bytes32 salt) external {
        require(players[0] != address(0) && players[1] != address(0), "wait");
        require(msg.sender == players[seat] && h > 0 && h < 4, "seat");
        require(keccak256(abi.encode(h, salt, msg.sender)) == seals[seat], "seal");
        hands[seat] = h;
        if (hands[0] != 0 && hands[1] != 0) _finish();
    }

    function _finish() private {
        uint256 diff = (uint256(hands[0]) + 3 - hands[1]) % 3;
        if (diff == 0) {
            credit[players[0]] += STAKE;
            credit[players[1]] += STAKE;
        } else {
            credit[players[diff - 1]] += 2 * STAKE;
        }
        delete players;
        delete seals;
        delete hands;
    }

    function take() external {
        uint256 sum = credit[msg.sender];
        credit[msg.sender] = 0;
        msg.sender.transfer(sum);
    }
}
