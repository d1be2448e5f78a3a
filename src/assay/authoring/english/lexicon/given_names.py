"""Given names and words of kinship that tell whether "he" or "she" is meant."""

from __future__ import annotations

WOMEN = frozenset(
    "abigail ada adele agnes aisha alice alicia alina amanda amelia amina amy ana anastasia "
    "angela anita ann anna anne annie antonia astrid aurora ava barbara beatrice bella "
    "bianca birgit brigitte camila carla carmen carol carolina caroline catherine cathy cecilia "
    "celia charlotte chiara chloe christina claire clara claudia cora daisy daniela deborah "
    "diana dora dorothy edith elena elisa elizabeth ella ellen elsa emily emma erica erika esther "
    "eva eve evelyn fatima fiona flora florence frida gabriela gina giulia grace greta hanna "
    "hannah heather heidi helen helena ida ines ingrid irene iris irina isabel isabella ivy jane "
    "janet jasmine jennifer jenny jessica joan joanna josephine joy judith judy julia juliet "
    "karen karin kate katherine kathy katie laila laura lea leila lena leonie leyla lily lina "
    "linda lisa liz louise lucia lucy luisa lydia mabel madeleine maja margaret margot maria "
    "marianne marie marina marta martha mary matilda maya meera megan mei mia michelle mila mina "
    "miranda miriam molly monica mona nadia nancy naomi natalie natasha nicole nina noor nora "
    "norah olga olivia paula penelope petra phoebe pia polly priya rachel rebecca renata rita "
    "roberta rosa rose ruth sally samantha sandra sara sarah selma sofia sonia sophia sophie "
    "stella susan susanna svetlana tamara tanya tara teresa theresa tina ursula valentina valerie "
    "vanessa vera veronica victoria viola violet virginia wendy yara yasmin yvonne zara zoe "
    "daughter mother wife sister aunt niece grandmother mum mom woman girl lady bride widow "
    "granddaughter girlfriend landlady".split()
)
MEN = frozenset(
    "aaron abdul abel adam adrian ahmed alan albert alberto alexander alfred ali amir andre "
    "andreas andrew anthony anton antonio arthur arturo axel ben benjamin bernard bill bob boris "
    "brian bruno carl carlos charles charlie christian christopher dan daniel dave david "
    "dennis diego dimitri dmitri dominic donald edgar edward emil emilio emmanuel eric erik "
    "ernest ethan eugene felix fernando filip finn francis francisco frank franz fred frederick "
    "gabriel george gerald gerard giovanni graham greg gregory guido gustav hans harold harry "
    "hassan heinrich henry herbert hugo ian ibrahim igor isaac ivan ivo jack jacob james "
    "javier jeff jeffrey jeremy jerry jim joe joel john jon jonas jonathan jorge jose joseph "
    "joshua juan julian julio jurgen karl keith ken kenneth kevin klaus kurt lars lawrence leo "
    "leon leonard leonardo liam louis luca lucas luigi luis lukas luke marc marco marcus mario "
    "mark markus martin marvin mateo matteo matthew max michael miguel mike milan mohamed "
    "mohammed moritz muhammad nathan neil nicholas nick nicolas niklas nils noah norman oliver "
    "omar oscar oskar otto pablo patrick paul paulo pavel pedro peter philip pierre piotr rafael "
    "rajesh ralph ramon raul ravi raymond ricardo richard rob robert roberto rodrigo roger roland "
    "roman ron ronald rudolf ryan samir samuel scott sean sebastian sergei sergio simon stefan "
    "stephen steve steven stuart sven tariq ted theo theodore thomas tim timothy tobias tom tomas "
    "tony umar victor viktor vincent vitaly vladimir walter werner wilhelm william wolfgang "
    "yuri yusuf son father husband brother uncle nephew grandfather dad man boy groom widower "
    "grandson boyfriend gentleman".split()
)


def may_be(party: str, pronoun: str) -> bool:
    """Whether somebody may be "he" or "she": a name that is no help may be both."""
    other = WOMEN if pronoun in ("he", "him") else MEN
    return not _parts(party) & other


def is_surely(party: str, pronoun: str) -> bool:
    """Whether a name tells that somebody is "he" or "she"."""
    return bool(_parts(party) & (MEN if pronoun in ("he", "him") else WOMEN))


def _parts(party: str) -> set[str]:
    return {party.split(" ", maxsplit=1)[0], party.rsplit(" ", 1)[-1]}
