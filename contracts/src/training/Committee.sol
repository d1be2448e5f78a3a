// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingMembers} from "./ITrainingMembers.sol";

/// @dev The seats of a committee, at most 31.
library Committee {
    /// @dev How many seats there are if `faults` of them may be faulty.
    function size(uint256 faults) internal pure returns (uint256) {
        return 3 * faults + 1;
    }

    /// @dev How many of them make a quorum.
    function quorum(uint256 faults) internal pure returns (uint256) {
        return 2 * faults + 1;
    }

    /**
     * @dev Gives the newcomer a free seat, or that of the least stake if its own is larger.
     * @return seated whether it has one now.
     * @return displaced who lost its seat; 0 if nobody did.
     */
    function take(
        ITrainingMembers.Seat[] storage seats,
        uint256 places,
        address newcomer,
        uint96 stake
    )
        internal
        returns (bool seated, address displaced)
    {
        if (seats.length < places) {
            seats.push(ITrainingMembers.Seat(newcomer, stake));
            return (true, address(0));
        }
        uint256 least = 0;
        for (uint256 i = 1; i < places; ++i) {
            if (seats[i].weight < seats[least].weight) least = i;
        }
        if (stake <= seats[least].weight) return (false, address(0));
        displaced = seats[least].validator;
        seats[least] = ITrainingMembers.Seat(newcomer, stake);
        return (true, displaced);
    }

    /// @dev Frees the seat for others, before the committee is formed.
    function vacate(ITrainingMembers.Seat[] storage seats, address validator) internal {
        seats[seatOf(seats, validator)] = seats[seats.length - 1];
        seats.pop();
    }

    /// @dev Brings the seats into the order of their addresses.
    function sort(ITrainingMembers.Seat[] storage seats) internal {
        uint256 taken = seats.length;
        for (uint256 i = 1; i < taken; ++i) {
            ITrainingMembers.Seat memory moving = seats[i];
            uint256 place = i;
            while (place > 0 && seats[place - 1].validator > moving.validator) {
                seats[place] = seats[place - 1];
                --place;
            }
            seats[place] = moving;
        }
    }

    /// @dev Which seat is the validator's, who has one.
    function seatOf(ITrainingMembers.Seat[] storage seats, address validator) internal view returns (uint256 seat) {
        while (seats[seat].validator != validator) ++seat;
    }

    /// @dev How many bits are set.
    function count(uint32 signers) internal pure returns (uint256 found) {
        for (; signers != 0; signers &= signers - 1) {
            ++found;
        }
    }
}
