# pragma version ^0.4.0

interface Token:
    def transfer(to: address, amount: uint256) -> bool: nonpayable

asset: public(address)
grantee: public(address)
begun: public(uint256)
taken: public(uint256)
GRANT: constant(uint256) = 48000 * 10**18
CLIFF: constant(uint256) = 180 * 86400
TERM: constant(uint256) = 720 * 86400

@deploy
def __init__(asset: address, grantee: address):
    self.asset = asset
    self.grantee = grantee
    self.begun = block.timestamp

@view
@internal
def _vested() -> uint256:
    passed: uint256 = block.timestamp - self.begun
    if passed < CLIFF:
        return 0
    if passed >= TERM:
        return GRANT
    return GRANT * passed // TERM

@external
def collect():
    assert msg.sender == self.grantee, "grantee only"
    due: uint256 = self._vested() - self.taken
    assert due > 0, "nothing yet"
    self.taken += due
    assert extcall Token(self.asset).transfer(self.grantee, due)
