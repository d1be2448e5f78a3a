pragma solidity ^0.7.4;

interface IERC20 {
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

contract TinySwap {
    IERC20 public a;
    IERC20 public b;
    uint256 public reserveA;
    uint256 public reserveB;

    constructor(IERC20 _a, IERC20 _b) {
        a = _a;
        b = _b;
    }

    function seed(uint256 x, uint256 y) external {
        require(reserveA == 0 && reserveB == 0, "seeded");
        require(x > 0 && y > 0 && x < 2**112 && y < 2**112, "range");
        reserveA = x;
        reserveB = y;
        require(a.transferFrom(msg.sender, address(this), x));
        require(b.transferFrom(msg.sender, address(this), y));
    }

    function sellA(uint256 amount) external returns (uint256 out) {
        require(amount > 0 && amount < 2**112, "range");
        uint256 k = reserveA * reserveB;
        uint256 nextA = reserveA + amount;
        out = reserveB - k / nextA;
        reserveA = nextA;
        reserveB = reserveB - out;
        require(a.transferFrom(msg.sender, address(this), amount));
        require(b.transfer(msg.sender, out));
    }
}
