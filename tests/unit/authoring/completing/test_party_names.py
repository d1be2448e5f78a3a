"""Nobody becomes two parties by being called by role and name."""

import pytest

from assay.authoring.use_cases.reading import read_agreement


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The landlord Chen lets the flat to the tenant Mia. Mia shall pay Chen 900 USDC.",
            ["chen", "mia"],
        ),
        (
            "The landlord Chen lets the flat to the tenant Mia. The tenant pays the landlord.",
            ["chen", "mia"],
        ),
        (
            "Carla pays the agent Dora 50 USDC. Agent Dora shall deliver the keys.",
            ["agent dora", "carla"],
        ),
        ("Anna Lee pays Tom Lee 10 USDC.", ["anna lee", "tom lee"]),
        ("房东陈华将房屋出租给租客李敏。租客应向陈华支付900 USDC。", ["陈华", "李敏"]),
        ("买家王强向卖家赵丽支付100 USDC。赵丽应向王强交付二手自行车。", ["王强", "赵丽"]),
        ("买方代表王强确认收货后,买方支付卖方50 USDC。", ["买方", "买方代表王强", "卖方"]),
    ],
)
def test_each_person_has_one_name(text: str, names: list[str]) -> None:
    read = read_agreement(text)

    spoken = {one.actor for one in read.obligations} | {one.recipient for one in read.obligations}
    spoken |= {each.actor for one in read.obligations for each in one.conditions}
    assert sorted(spoken - {None, "contract"}) == sorted(names)


def test_a_thing_that_is_sold_is_no_party() -> None:
    read = read_agreement("The seller Carla shall deliver the used Golf by 15 March 2027.")

    (delivered,) = read.obligations
    assert (delivered.asset, delivered.recipient) == ("golf", None)
    assert "golf" not in {one.name for one in read.parties}
