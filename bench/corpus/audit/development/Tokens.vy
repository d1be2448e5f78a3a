# @version ^0.4.0

balances: public(HashMap[address, uint256])
minter: public(address)

interface ERC20:
    def transfer(to: address, amount: uint256) -> bool: nonpayable

@deploy
def __init__():
    self.minter = msg.sender

@external
def mint(to: address, amount: uint256):
    self.balances[to] += amount

@external
def move(to: address, amount: uint256):
    self.balances[msg.sender] -= amount
    self.balances[to] += amount

@external
def rescue(token: address, amount: uint256):
    assert msg.sender == self.minter
    extcall ERC20(token).transfer(self.minter, amount)
