// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ITrainingCertificates} from "./ITrainingCertificates.sol";

/**
 * @title Slashing: for what is proven, and nothing else
 * @notice A validator that signed two different votes in one round and view of a task loses its whole stake and its seat. A
 * trainer that committed to an update and did not reveal it loses a tenth. A tenth of what is lost goes to who showed it,
 * the rest to the sponsor with what {ITrainingRewards-reclaim} gives. A poor update or a low score costs nothing.
 * @dev Who left can be slashed until its stake is withdrawn.
 */
interface ITrainingSlashing {
    /// @notice The validator signed two different votes in one view of a round; `reward` of `amount` went to the reporter.
    event EquivocationSlashed(
        uint256 indexed task,
        address indexed validator,
        uint32 round,
        uint32 viewNumber,
        uint96 amount,
        address reporter,
        uint96 reward
    );

    /// @notice The node did not reveal what it committed to; `reward` of `amount` went to the reporter.
    event SilenceSlashed(
        uint256 indexed task, address indexed node, uint32 round, uint96 amount, address reporter, uint96 reward
    );

    /// @notice The votes are equal, or not of the same round and view of this task: that proves nothing.
    error TrainingSlashingNoEquivocation(uint256 task);

    /// @notice The two votes are signed by different accounts.
    error TrainingSlashingDifferentSigners(address first, address second);

    /// @notice The account never had a seat in the task's committee, or was slashed for equivocation before.
    error TrainingSlashingNoSeat(uint256 task, address account);

    /// @notice The node revealed all that it committed to, or can still do so.
    error TrainingSlashingNotSilent(uint256 task, address node);

    /// @notice Slashes who signed both votes. In the challenge window this may overturn the round's result.
    function slashEquivocation(
        uint256 task,
        ITrainingCertificates.Vote calldata voteA,
        bytes calldata signatureA,
        ITrainingCertificates.Vote calldata voteB,
        bytes calldata signatureB
    )
        external;

    /// @notice Slashes a node that committed in a round whose time for reveals is over, and did not reveal.
    function slashSilence(uint256 task, address node) external;
}
