// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {IRewardWeights} from "./IRewardWeights.sol";

/// @dev Implementation of {IRewardWeights}.
contract RewardWeights is IRewardWeights, Ownable2Step {
    uint256 private constant ONE = 1e18;
    uint256 private constant BASIS_POINTS = 10_000;
    uint256 private constant GAIN_FACTOR = 10_000;

    Weights private _weights;

    constructor(address owner_, Weights memory weights) Ownable(owner_) {
        _setWeights(weights);
    }

    /// @inheritdoc IRewardWeights
    function setWeights(Weights calldata weights) external onlyOwner {
        _setWeights(weights);
    }

    /// @inheritdoc IRewardWeights
    function weightsOf() external view returns (Weights memory) {
        return _weights;
    }

    /// @inheritdoc IRewardWeights
    function reward(uint256 dataValue, uint256 trainingValue, uint256 useValue) external view returns (uint256) {
        Weights memory weights = _weights;
        return (weights.alpha * dataValue + weights.beta * trainingValue + weights.gamma * useValue) / BASIS_POINTS;
    }

    /// @inheritdoc IRewardWeights
    function dataValueOf(uint256 records, uint256 quality) external pure returns (uint256) {
        _requireAtMostOne(quality);
        return records * quality;
    }

    /// @inheritdoc IRewardWeights
    function trainingValueOf(uint256 gpuHours, uint256 accuracyGain) external pure returns (uint256) {
        _requireAtMostOne(accuracyGain);
        return gpuHours / 2 + GAIN_FACTOR * accuracyGain;
    }

    function _setWeights(Weights memory weights) private {
        uint256 sum = uint256(weights.alpha) + weights.beta + weights.gamma;
        if (sum != BASIS_POINTS) revert RewardWeightsWrongSum(sum);
        _weights = weights;
        emit WeightsChanged(weights.alpha, weights.beta, weights.gamma);
    }

    function _requireAtMostOne(uint256 part) private pure {
        if (part > ONE) revert RewardWeightsAboveOne(part);
    }
}
