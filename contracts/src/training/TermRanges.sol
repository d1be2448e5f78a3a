// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingTasks} from "./ITrainingTasks.sol";
import {TrainingTerms} from "./TrainingTerms.sol";

/// @dev Which terms a task can have: such that no phase lasts for ever, and the committee fits into a word.
library TermRanges {
    uint256 private constant LONGEST_PHASE = 30 days;
    uint256 private constant LONGEST_UNBONDING = 90 days;
    uint256 private constant MOST_FAULTS = 10;

    /// @dev Half of what fits, so that budget and slashed stakes can be added.
    uint256 private constant MOST_MONEY = type(uint128).max / 2;

    /// @dev Reverts with the first term that is out of its range.
    function check(TrainingTerms calldata terms) internal pure {
        _within("minimumStake", terms.minimumStake, 1, type(uint96).max);
        _within("budget", terms.budget, 0, MOST_MONEY);
        _within("rounds", terms.rounds, 1, type(uint32).max);
        _within("minimumNodes", terms.minimumNodes, 1, type(uint24).max);
        _within("joinSeconds", terms.joinSeconds, 1, LONGEST_PHASE);
        _within("commitSeconds", terms.commitSeconds, 1, LONGEST_PHASE);
        _within("revealSeconds", terms.revealSeconds, 1, LONGEST_PHASE);
        _within("certifySeconds", terms.certifySeconds, 1, LONGEST_PHASE);
        _within("challengeSeconds", terms.challengeSeconds, 0, LONGEST_PHASE);
        _within("unbondingSeconds", terms.unbondingSeconds, terms.challengeSeconds, LONGEST_UNBONDING);
        _within("faults", terms.faults, 0, MOST_FAULTS);
    }

    function _within(string memory term, uint256 value, uint256 least, uint256 most) private pure {
        if (value < least || value > most) revert ITrainingTasks.TrainingTasksInvalidTerm(term, value, least, most);
    }
}
