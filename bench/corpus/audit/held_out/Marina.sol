pragma solidity ^0.5.12;

contract Marina {
    struct Berth {
        address payable captain;
        uint256 deposit;
        bool occupied;
    }
    mapping(uint256 => Berth) public berths;

    function dock(uint256 number) external payable {
        require(!berths[number].occupied, "taken");
        berths[number] = Berth(msg.sender, msg.value, true);
    }

    function depart(uint256 number) external {
        Berth memory berth = berths[number];
        require(berth.captain == msg.sender && berth.occupied, "not yours");
        delete berths[number];
        (bool ok, ) = berth.captain.call.value(berth.deposit)("");
        require(ok, "refused");
    }
}
