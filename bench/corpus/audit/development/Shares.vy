# @version ^0.4.0

interface ERC20:
    def transfer(to: address, amount: uint256) -> bool: nonpayable
    def transferFrom(owner: address, to: address, amount: uint256) -> bool: nonpayable
    def balanceOf(who: address) -> uint256: view

asset: immutable(address)
supply: public(uint256)
shares: public(HashMap[address, uint256])

@deploy
def __init__(_asset: address):
    asset = _asset

@external
def deposit(amount: uint256) -> uint256:
    minted: uint256 = amount
    if self.supply > 0:
        minted = amount * self.supply // staticcall ERC20(asset).balanceOf(self)
    self.supply += minted
    self.shares[msg.sender] += minted
    assert extcall ERC20(asset).transferFrom(msg.sender, self, amount)
    return minted

@external
def redeem(amount: uint256):
    paid: uint256 = amount * staticcall ERC20(asset).balanceOf(self) // self.supply
    self.shares[msg.sender] -= amount
    self.supply -= amount
    assert extcall ERC20(asset).transfer(msg.sender, paid)
