// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {ContentRoyalties} from "./ContentRoyalties.sol";
import {IERC7007} from "./IERC7007.sol";

/**
 * @dev Implementation of {IERC7007}. A proof is abi.encode(Provenance), the token's opening, or that followed by a signature
 * of the generator, who owns the opening's model: over `Generation(bytes32 promptDigest,bytes32 contentDigest,uint256 model)`
 * by EIP-712, or as ERC-1271 says. The signature says that this model made this content; without one, the creator alone
 * says so. It also proves the prompt of a token that was minted without one.
 */
abstract contract ContentProofs is IERC7007, ContentRoyalties, EIP712 {
    /// @dev The length of abi.encode(Provenance).
    uint256 private constant OPENING_LENGTH = 160;

    bytes32 private constant GENERATION_TYPE =
        keccak256("Generation(bytes32 promptDigest,bytes32 contentDigest,uint256 model)");

    /// @inheritdoc IERC7007
    /// @dev Anyone who knows the data can show them: the proof says whether they are true.
    function addAigcData(
        uint256 tokenId,
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        external
    {
        if (uint256(sha256(aigcData)) != tokenId || !verify(prompt, aigcData, proof)) {
            revert ContentTokenUnproven(tokenId);
        }
        emit AigcData(tokenId, prompt, aigcData, proof);
    }

    /// @inheritdoc IERC7007
    function verify(
        bytes calldata prompt,
        bytes calldata aigcData,
        bytes calldata proof
    )
        public
        view
        returns (bool success)
    {
        // An address with dirty bits above it would make decoding revert.
        if (proof.length < OPENING_LENGTH || bytes12(proof[64:76]) != 0) return false;
        Provenance calldata opening = _opening(proof);
        bytes32 contentDigest = sha256(aigcData);
        if (!verifyProvenance(uint256(contentDigest), opening)) return false;
        bytes32 promptDigest = sha256(prompt);
        if (proof.length == OPENING_LENGTH) return opening.promptDigest == promptDigest;
        if (opening.promptDigest != promptDigest && opening.promptDigest != 0) return false;
        bytes32 structHash = keccak256(abi.encode(GENERATION_TYPE, promptDigest, contentDigest, opening.model));
        address generator = _ownerOfAsset(opening.model);
        return generator != address(0)
            && SignatureChecker.isValidSignatureNowCalldata(
            generator, _hashTypedDataV4(structHash), proof[OPENING_LENGTH:]
        );
    }

    function _opening(bytes calldata proof) private pure returns (Provenance calldata opening) {
        // A struct without dynamic parts lies in calldata as it is encoded.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            opening := proof.offset
        }
    }
}
