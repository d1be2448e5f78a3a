// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {IRewardWeights} from "../../src/training/IRewardWeights.sol";
import {Training} from "./Training.sol";

contract RewardWeightsTest is Training {
    uint256 private constant ONE = 1e18;

    function test_AThousandRecordsOfQuality08AreWorth800() public view {
        vm.assertEq(_weights.dataValueOf(1000, 0.8e18), 800 * ONE);
    }

    function test_FiveHundredHoursAndTwoPerCentAreWorth450() public view {
        vm.assertEq(_weights.trainingValueOf(500 * ONE, 0.02e18), 450 * ONE);
    }

    function test_TheRewardOfBothIs455() public view {
        uint256 reward = _weights.reward(_weights.dataValueOf(1000, 0.8e18), 450 * ONE, 0);

        vm.assertEq(reward, 455 * ONE);
    }

    function testFuzz_TheRewardLiesBetweenTheLeastAndTheMostOfTheValues(
        uint16 alpha,
        uint16 beta,
        uint96[3] memory values
    )
        public
    {
        alpha = uint16(_bound(alpha, 0, 10_000));
        beta = uint16(_bound(beta, 0, 10_000 - alpha));
        _weights.setWeights(IRewardWeights.Weights(alpha, beta, 10_000 - alpha - beta));
        (uint256 least, uint256 most) = (values[0], values[0]);
        for (uint256 i = 1; i < 3; ++i) {
            if (values[i] < least) least = values[i];
            if (values[i] > most) most = values[i];
        }

        uint256 reward = _weights.reward(values[0], values[1], values[2]);

        vm.assertTrue(least <= reward && reward <= most);
    }

    function testFuzz_RevertWhen_TheWeightsDoNotAddUpToOne(uint16 alpha, uint16 beta, uint16 gamma) public {
        uint256 sum = uint256(alpha) + beta + gamma;
        vm.assume(sum != 10_000);
        vm.expectRevert(abi.encodeWithSelector(IRewardWeights.RewardWeightsWrongSum.selector, sum));
        _weights.setWeights(IRewardWeights.Weights(alpha, beta, gamma));
    }

    function test_RevertWhen_AnotherThanTheOwnerSetsThem() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, THIEF));
        vm.prank(THIEF);
        _weights.setWeights(IRewardWeights.Weights(10_000, 0, 0));
    }

    function test_RevertWhen_AQualityOrAGainIsAboveOne() public {
        bytes memory refusal = abi.encodeWithSelector(IRewardWeights.RewardWeightsAboveOne.selector, ONE + 1);
        vm.expectRevert(refusal);
        _weights.dataValueOf(1, ONE + 1);
        vm.expectRevert(refusal);
        _weights.trainingValueOf(0, ONE + 1);
    }

    function test_ATaskKeepsTheWeightsThatItWasOpenedWith() public {
        uint256 task = _opened();
        vm.expectEmit(address(_weights));
        emit IRewardWeights.WeightsChanged(1, 2, 9997);

        _weights.setWeights(IRewardWeights.Weights(1, 2, 9997));

        vm.assertEq(_tasks.taskOf(task).weights.alpha, 4000);
        vm.assertEq(_tasks.taskOf(_opened()).weights.gamma, 9997);
    }
}
