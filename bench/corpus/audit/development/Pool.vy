# @version ^0.4.0

interface ERC20:
    def transfer(to: address, amount: uint256) -> bool: nonpayable
    def transferFrom(owner: address, to: address, amount: uint256) -> bool: nonpayable

a: public(address)
b: public(address)
x: public(uint256)
y: public(uint256)

@deploy
def __init__(_a: address, _b: address):
    self.a = _a
    self.b = _b

@external
def seed(p: uint256, q: uint256):
    assert self.x == 0 and self.y == 0
    self.x = p
    self.y = q
    assert extcall ERC20(self.a).transferFrom(msg.sender, self, p)
    assert extcall ERC20(self.b).transferFrom(msg.sender, self, q)

@external
def trade(amount: uint256) -> uint256:
    out: uint256 = self.y * amount // (self.x + amount)
    self.x += amount
    self.y -= out
    assert extcall ERC20(self.a).transferFrom(msg.sender, self, amount)
    assert extcall ERC20(self.b).transfer(msg.sender, out)
    return out
