// SPDX-License-Identifier: MIT
pragma solidity ^0.8.2;

contract Proxied {
    bytes32 internal constant SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a33b3e3d9a0a2e0d4b;
    address private immutable admin;

    constructor(address logic) {
        admin = msg.sender;
        _set(logic);
    }

    function _set(address logic) internal {
        require(logic.code.length > 0, "no code");
        assembly {
            sstore(SLOT, logic)
        }
    }

    function upgradeTo(address logic) external {
        require(msg.sender == admin, "admin");
        _set(logic);
    }

    fallback() external payable {
        assembly {
            let logic := sload(SLOT)
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), logic, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch ok
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }
}
