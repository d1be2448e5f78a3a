// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/**
 * @title Reward weights
 * @notice What a node's part in a task is worth: R = alpha * V_D + beta * V_T + gamma * V_U, for the data it brought, the
 * training it did and the use that was made of it. The three weights are in hundredths of a per cent and add up to 10000.
 * The owner, which is governance, changes them.
 * @dev Values are fixed-point numbers with 18 decimals, and results are rounded down.
 */
interface IRewardWeights {
    /// @notice The weights in hundredths of a per cent; of data, of training, of use.
    struct Weights {
        uint16 alpha;
        uint16 beta;
        uint16 gamma;
    }

    /// @notice The weights are different from now on.
    event WeightsChanged(uint16 alpha, uint16 beta, uint16 gamma);

    /// @notice The weights do not add up to 10000.
    error RewardWeightsWrongSum(uint256 sum);

    /// @notice A quality or a gain in accuracy is at most 1, in fixed point.
    error RewardWeightsAboveOne(uint256 part);

    /// @notice Replaces the weights.
    function setWeights(Weights calldata weights) external;

    /// @notice The present weights.
    function weightsOf() external view returns (Weights memory);

    /// @notice R by the present weights.
    function reward(uint256 dataValue, uint256 trainingValue, uint256 useValue) external view returns (uint256);

    /// @notice V_D = records * quality. `records` is a count, `quality` a fixed-point number from 0 to 1.
    function dataValueOf(uint256 records, uint256 quality) external pure returns (uint256);

    /// @notice V_T = 0.5 * GPU hours + 10000 * gain in accuracy. Both are fixed-point numbers, the gain from 0 to 1.
    function trainingValueOf(uint256 gpuHours, uint256 accuracyGain) external pure returns (uint256);
}
