pragma solidity ^0.8.17;

interface IERC20 { function transferFrom(address, address, uint256) external returns (bool); function transfer(address, uint256) external returns (bool); }

contract Streams {
    struct Stream { address payer; address payee; uint256 rate; uint256 start; uint256 stop; uint256 drawn; }
    IERC20 public immutable token;
    Stream[] public streams;

    constructor(IERC20 t) { token = t; }

    function open(address payee, uint256 rate, uint256 start, uint256 stop) external returns (uint256 id) {
        require(payee != address(0) && start >= block.timestamp && stop > start, "times");
        id = streams.length;
        streams.push(Stream(msg.sender, payee, rate, start, stop, 0));
        require(token.transferFrom(msg.sender, address(this), rate * (stop - start)), "pull");
    }

    function draw(uint256 id) public {
        Stream storage s = streams[id];
        uint256 at = block.timestamp < s.stop ? block.timestamp : s.stop;
        if (at <= s.start) return;
        uint256 due = (at - s.start) * s.rate - s.drawn;
        s.drawn += due;
        require(token.transfer(s.payee, due), "draw");
    }

    function close(uint256 id) external {
        Stream storage s = streams[id];
        require(msg.sender == s.payer, "payer");
        draw(id);
        uint256 rest = (s.stop - s.start) * s.rate - s.drawn;
        s.stop = s.start;
        s.rate = 0;
        s.drawn = 0;
        require(token.transfer(s.payer, rest), "rest");
    }
}
