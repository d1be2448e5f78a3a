"""For each rule a source that breaks it, and one of the same shape that does not."""

# ruff: noqa: E501 - contracts are easier to compare unwrapped

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    rule: str
    broken: str
    sound: str
    version: str = "^0.8.0"

    def source(self, body: str) -> str:
        return f"pragma solidity {self.version};\ncontract Subject {{\n{body}\n}}\n"


BANK = (
    "mapping(address => uint256) owed; function put() public payable { owed[msg.sender] += 1; }\n"
)
OWNER = "address owner = msg.sender;\n"
LIST = "address payable[] all; uint256 sum;\n"
JOIN = LIST + "function join() public { all.push(payable(msg.sender)); }\n"
GAME = "receive() external payable {}\n"
TOKEN = "mapping(address => uint256) held; mapping(address => mapping(address => uint256)) lent;\n"

PAIRS = (
    Pair(
        "state-after-call",
        BANK + """function take() public {
            (bool ok, ) = msg.sender.call{value: owed[msg.sender]}("");
            require(ok); owed[msg.sender] = 0; }""",
        BANK + """function take() public {
            uint256 sum = owed[msg.sender]; owed[msg.sender] = 0;
            (bool ok, ) = msg.sender.call{value: sum}(""); require(ok); }""",
    ),
    Pair(
        "shared-state-after-call",
        BANK + """bool busy;
        function move(address to) public { owed[to] = owed[msg.sender]; require(owed[to] > 1); }
        function take() public { require(!busy); busy = true;
            (bool ok, ) = msg.sender.call{value: owed[msg.sender]}("");
            require(ok); owed[msg.sender] = 0; busy = false; }""",
        BANK + """bool busy;
        function take() public { require(!busy); busy = true;
            (bool ok, ) = msg.sender.call{value: owed[msg.sender]}("");
            require(ok); owed[msg.sender] = 0; busy = false; }""",
    ),
    Pair(
        "open-selfdestruct",
        "function end() public { selfdestruct(payable(msg.sender)); }",
        OWNER + """function end() public {
            require(msg.sender == owner); selfdestruct(payable(owner)); }""",
    ),
    Pair(
        "open-delegatecall",
        "function run(address a, bytes memory b) public { (bool ok,) = a.delegatecall(b); require(ok); }",
        OWNER + """function run(address a, bytes memory b) public { require(msg.sender == owner);
            (bool ok,) = a.delegatecall(b); require(ok); }""",
    ),
    Pair(
        "authority-by-origin",
        OWNER + "uint256 n; function set(uint256 m) public { require(tx.origin == owner); n = m; }",
        OWNER + """uint256 n; function set(uint256 m) public {
            require(msg.sender == owner && tx.origin == msg.sender); n = m; }""",
    ),
    Pair(
        "open-payment",
        "function pay(address payable to, uint256 sum) public { to.transfer(sum); }",
        BANK + """function pay(address payable to, uint256 sum) public {
            require(owed[msg.sender] >= sum); owed[msg.sender] -= sum; to.transfer(sum); }""",
    ),
    Pair(
        "open-owner",
        OWNER + """uint256 n; function hand(address to) public { owner = to; }
            function set(uint256 m) public { require(msg.sender == owner); n = m; }""",
        OWNER + """function hand(address to) public { require(msg.sender == owner); owner = to; }""",
    ),
    Pair(
        "open-setting",
        """address payable to; function point(address payable at) public { to = at; }
            function give() public payable { to.transfer(msg.value); }""",
        OWNER + """address payable to;
            function point(address payable at) public { require(owner == msg.sender); to = at; }
            function give() public payable { to.transfer(msg.value); }""",
    ),
    Pair(
        "open-credit",
        TOKEN + "function make(address to, uint256 n) public { held[to] += n; }",
        TOKEN + "function move(address to, uint256 n) public { held[msg.sender] -= n; held[to] += n; }",
    ),
    Pair(
        "overflow",
        TOKEN + "function burn(uint256 n) public { held[msg.sender] -= n; }",
        TOKEN + "function burn(uint256 n) public { require(held[msg.sender] >= n); held[msg.sender] -= n; }",
        "^0.6.0",
    ),
    Pair(
        "narrow-counter",
        """uint256[] list; function all() public {
            for (uint8 i = 0; i < list.length; i++) { list[i] = 1; } }""",
        """uint256[] list; function all() public {
            for (uint256 i = 0; i < list.length; i++) { list[i] = 1; } }""",
        "^0.5.0",
    ),
    Pair(
        "narrowing-conversion",
        "uint64 n; function set(uint256 m) public { n = uint64(m); }",
        "uint64 n; function set(uint256 m) public { require(m < 2**64); n = uint64(m); }",
    ),
    Pair(
        "array-length-by-caller",
        "uint256[] list; function cut() public { list.length--; }",
        "uint256[] list; function cut() public { require(list.length > 0); list.length--; }",
        "^0.4.0",
    ),
    Pair(
        "unchecked-low-level-call",
        "function pay(address payable to) public { to.send(1); }",
        "function pay(address payable to) public { require(to.send(1)); }",
        "^0.5.0",
    ),
    Pair(
        "payments-in-loop",
        JOIN + "function pay() public { for (uint256 i; i < all.length; i++) all[i].transfer(1); }",
        JOIN + """function pay() public { for (uint256 i; i < all.length; i++)
            { if (!all[i].send(1)) sum += 1; } }""",
    ),
    Pair(
        "loop-over-growing-list",
        JOIN + "function count() public { for (uint256 i; i < all.length; i++) sum += 1; }",
        LIST + """function join() public { require(all.length < 9); all.push(payable(msg.sender)); }
            function count() public { for (uint256 i; i < all.length; i++) sum += 1; }""",
    ),
    Pair(
        "blocking-payment",
        """address payable top; uint256 best; function bid() public payable {
            require(msg.value > best); top.transfer(best); top = payable(msg.sender); best = msg.value; }""",
        BANK + """address top; uint256 best; function bid() public payable {
            require(msg.value > best); owed[top] += best; top = msg.sender; best = msg.value; }""",
    ),
    Pair(
        "exact-balance",
        "bool full; function look() public { require(address(this).balance == 5 ether); full = true; }",
        "bool full; function look() public { require(address(this).balance >= 5 ether); full = true; }",
    ),
    Pair(
        "predictable-chance",
        GAME + """function play() public payable { if (uint256(blockhash(block.number - 1)) % 2 == 0)
            payable(msg.sender).transfer(2); }""",
        """mapping(bytes32 => address) made; function name() public {
            made[keccak256(abi.encode(blockhash(block.number - 1), msg.sender))] = msg.sender; }""",
    ),
    Pair(
        "time-as-chance",
        GAME + """function play() public payable { if (block.timestamp % 7 == 0)
            payable(msg.sender).transfer(2); }""",
        "uint256 day; function mark() public { day = block.timestamp - block.timestamp % 1 days; }",
    ),
    Pair(
        "time-equality",
        "uint256 at; uint256 n; function go() public { require(block.timestamp == at); n += 1; }",
        "uint256 at; uint256 n; function go() public { require(block.timestamp >= at); n += 1; }",
    ),
    Pair(
        "short-time-window",
        "uint256 at; uint256 n; function go() public { require(block.timestamp < at + 30); n += 1; }",
        "uint256 at; uint256 n; function go() public { require(block.timestamp < at + 1 days); n += 1; }",
    ),
    Pair(
        "last-before-time-wins",
        """address payable last; uint256 at; function press() public payable {
            last = payable(msg.sender); at = block.timestamp; }
            function end() public { require(block.timestamp > at + 1 days);
            last.transfer(address(this).balance); }""",
        """address payable last; uint256 at = block.timestamp; function press() public payable {
            last = payable(msg.sender); }
            function end() public { require(block.timestamp > at + 1 days);
            last.transfer(address(this).balance); }""",
    ),
    Pair(
        "approval-race",
        TOKEN + "function approve(address to, uint256 n) public { lent[msg.sender][to] = n; }",
        TOKEN + """function approve(address to, uint256 n) public {
            require(n == 0 || lent[msg.sender][to] == 0); lent[msg.sender][to] = n; }""",
    ),
    Pair(
        "answer-in-the-open",
        GAME + """bytes32 digest; function solve(string memory answer) public {
            require(keccak256(bytes(answer)) == digest); payable(msg.sender).transfer(1); }""",
        GAME + """bytes32 digest; mapping(address => bytes32) said;
            function say(bytes32 what) public { said[msg.sender] = what; }
            function solve(string memory answer) public {
            require(said[msg.sender] == keccak256(abi.encode(answer, msg.sender)));
            require(keccak256(bytes(answer)) == digest); payable(msg.sender).transfer(1); }""",
    ),
    Pair(
        "terms-change-before-payment",
        OWNER + BANK + """uint256 price; function set(uint256 p) public { require(msg.sender == owner); price = p; }
            function buy() public payable { owed[msg.sender] += msg.value / price; }""",
        OWNER + BANK + """uint256 price; function set(uint256 p) public { require(msg.sender == owner); price = p; }
            function buy(uint256 most) public payable { require(price <= most);
            owed[msg.sender] += msg.value / price; }""",
    ),
    Pair(
        "move-in-the-open",
        """struct Move { address payable who; uint256 n; } Move[2] moves; uint256 count;
            function play(uint256 n) public payable { moves[count++] = Move(payable(msg.sender), n);
            if ((moves[0].n + moves[1].n) % 2 == 0) moves[0].who.transfer(1); }""",
        """struct Note { address who; uint256 n; } Note[] notes;
            function write(uint256 n) public payable { notes.push(Note(msg.sender, n)); }""",
    ),
    Pair(
        "no-slippage-limit",
        """uint256 a; uint256 b; function swap() public payable {
            uint256 got = a * msg.value / (b + msg.value); a -= got; b += msg.value;
            payable(msg.sender).transfer(got); }""",
        """uint256 a; uint256 b; function swap(uint256 least) public payable {
            uint256 got = a * msg.value / (b + msg.value); require(got >= least);
            a -= got; b += msg.value; payable(msg.sender).transfer(got); }""",
    ),
    Pair(
        "short-address",
        TOKEN + """function pass(address to, uint256 n) public { require(held[msg.sender] >= n);
            held[msg.sender] -= n; held[to] += n; }""",
        TOKEN + """function pass(address to, uint256 n) public { require(msg.data.length >= 68);
            require(held[msg.sender] >= n); held[msg.sender] -= n; held[to] += n; }""",
        "^0.4.20",
    ),
    Pair(
        "view-between-call-and-update",
        BANK + """uint256 pool; uint256 shares; bool busy;
            function price() public view returns (uint256) { return pool / shares; }
            function take() public { require(!busy); busy = true; uint256 sum = owed[msg.sender];
            owed[msg.sender] = 0; (bool ok, ) = msg.sender.call{value: sum}(""); require(ok);
            pool -= sum; busy = false; }""",
        BANK + """uint256 pool; uint256 shares; bool busy;
            function price() public view returns (uint256) { return pool / shares; }
            function take() public { require(!busy); busy = true; uint256 sum = owed[msg.sender];
            owed[msg.sender] = 0; pool -= sum;
            (bool ok, ) = msg.sender.call{value: sum}(""); require(ok); busy = false; }""",
    ),
    Pair(
        "payment-without-debit",
        BANK + """function back() public { payable(msg.sender).transfer(owed[msg.sender]); }""",
        BANK + """function back() public {
            uint256 sum = owed[msg.sender]; delete owed[msg.sender];
            payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "inverted-limit",
        BANK + """function take(uint256 sum) public {
            require(sum >= owed[msg.sender]);
            unchecked { owed[msg.sender] -= sum; } payable(msg.sender).transfer(sum); }""",
        BANK + """function take(uint256 sum) public {
            require(sum > 0); require(sum <= owed[msg.sender]);
            owed[msg.sender] -= sum; payable(msg.sender).transfer(sum); }""",
    ),
    Pair(
        "open-library-call",
        """address code; uint256 share;
        constructor(address _code) public payable { code = _code; }
        function run() public {
            require(code.delegatecall(abi.encodeWithSignature("f()"))); msg.sender.transfer(share); }""",
        """address code; uint256 share; address owner = msg.sender;
        constructor(address _code) public payable { code = _code; }
        function run() public { require(msg.sender == owner);
            require(code.delegatecall(abi.encodeWithSignature("f()"))); msg.sender.transfer(share); }""",
        "^0.4.24",
    ),
    Pair(
        "predictable-chance",
        """uint256 private salt = block.timestamp;
        function random(uint256 most) private view returns (uint256) {
            return salt * block.number / 3 - most; }""",
        """uint256 private start = block.timestamp;
        function elapsed(uint256 most) private view returns (uint256) {
            return (start + block.number) / 3 - most; }""",
    ),
    Pair(
        "array-length-by-caller",
        """uint256[] all;
        function less() public { require(0 <= all.length); all.length--; }
        function at(uint256 i, uint256 x) public { all[i] = x; }""",
        """uint256[] all;
        function less() public { require(0 < all.length); all.length--; }
        function at(uint256 i, uint256 x) public { all[i] = x; }""",
        "^0.4.24",
    ),
    Pair(
        "overflow",
        """mapping(address => uint256) held;
        function move(address to, uint256 sum) public {
            require(held[msg.sender] >= sum); held[msg.sender] -= sum; held[to] += sum; }""",
        """mapping(address => uint256) held;
        constructor() public { held[msg.sender] = 1000; }
        function move(address to, uint256 sum) public {
            require(held[msg.sender] >= sum); held[msg.sender] -= sum; held[to] += sum; }""",
        "^0.4.24",
    ),
    Pair(
        "open-owner",
        """address owner; modifier mine() { require(msg.sender == owner); _; }
        constructor() { owner = msg.sender; }
        function hand(address next) public { owner = next; }""",
        """address owner; modifier mine() { require(msg.sender == owner); _; }
        constructor() { owner = msg.sender; }
        function hand(address next) public mine { owner = next; }""",
    ),
)  # fmt: skip
