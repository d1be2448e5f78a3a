"""Sentences on measures, bounds on both sides, lateness and times, with what each says."""

MEASURED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "If less than 20 mm of rain has fallen in June 2027, the insurer pays the farmer 800 USDC.",
        ("insurer must pay 800 USDC -> farmer; if oracle rain < 20 mm; if time = 2027-06-30",),
    ),
    (
        "Pay Bea 90 USDC if it snows more than 10 cm on 3 January 2028.",
        ("contract must pay 90 USDC -> bea; if oracle snow > 10 cm; if time = 2028-01-03",),
    ),
    (
        "If the humidity lies between 40 and 60 %, the museum pays Ann 20 USDC.",
        ("museum must pay 20 USDC -> ann; if oracle humidity >= 40 %; if oracle humidity <= 60 %",),
    ),
    (
        "If the humidity falls outside the range of 40% to 60%, the carrier pays the museum 20 USDC.",
        (
            "carrier must pay 20 USDC -> museum; if oracle humidity < 40 %",
            "carrier must pay 20 USDC -> museum; if oracle humidity > 60 %",
        ),
    ),
    (
        "Unless the index is between 90 and 110, the lessor may terminate the lease.",
        (
            "lessor may terminate lease; if oracle index < 90",
            "lessor may terminate lease; if oracle index > 110",
        ),
    ),
    (
        "As long as the price is between 10 and 20 USDC, the borrower pays no margin.",
        ("borrower must not pay margin; if oracle price >= 10 USDC; if oracle price <= 20 USDC",),
    ),
    (
        "If the temperature is above 30 degrees or below 5 degrees, the carrier pays the shipper 300 USDC.",
        (
            "carrier must pay 300 USDC -> shipper; if oracle temperature > 30 degree",
            "carrier must pay 300 USDC -> shipper; if oracle temperature < 5 degree",
        ),
    ),
    (
        "Should the price of ETH remain below 1,500 USDC for five days in a row, the lender may sell the collateral.",
        ("lender may sell collateral; if oracle price of ETH < 1500 USDC; if time = P5D",),
    ),
    (
        "When the ETH price has risen to 5,000 USDC, the vault sells 2 ETH.",
        ("vault must sell 2 ETH; if oracle ETH price >= 5000 USDC",),
    ),
    (
        "The fund pays Ann 500 USDC a month until the balance reaches zero.",
        ("fund must pay 500 USDC -> ann; every P1M; if not comparison balance <= 0",),
    ),
    (
        "If snow depth exceeds 2m, the insurer pays the hotel 4,000 USDC.",
        ("insurer must pay 4000 USDC -> hotel; if oracle snow depth > 2 m",),
    ),
    (
        "If the volume is above 6.5m, the broker pays Ann 100 USDC.",
        ("broker must pay 100 USDC -> ann; if comparison volume > 6500000",),
    ),
    (
        "Where the number of units sold in a calendar year exceeds 10,000, the Distributor receives 500 USDC.",
        (
            "contract must pay 500 USDC -> distributor; every P1Y; if comparison number of unit > 10000",
        ),
    ),
    (
        "The shop pays Ann 50 USDC if sales exceed 100 in any calendar month.",
        ("shop must pay 50 USDC -> ann; every P1M; if comparison sales > 100",),
    ),
    (
        "The seller pays the buyer 20 USDC for every day the goods are late.",
        ("seller must pay 20 USDC -> buyer; every P1D; if state goods late",),
    ),
    (
        "During the first year of the term the tenant pays 900 USDC a month and thereafter 950 USDC a month.",
        (
            "tenant must pay 900 USDC; every P1M; if time first year =",
            "tenant must pay 950 USDC; every P1M; if time first year >",
        ),
    ),
    (
        "The tenant pays 950 USDC monthly, beginning in March 2027.",
        ("tenant must pay 950 USDC; every P1M; if time >= 2027-03-01",),
    ),
    (
        "The buyer must buy at least 10 and at most 40 crates of wine per month.",
        (
            "buyer must buy >=10 crate of wine; every P1M",
            "buyer may buy <=40 crate of wine; every P1M",
        ),
    ),
    (
        "Each investor contributes a minimum of 500 and a maximum of 20,000 USDC.",
        (
            "investor must contribute >=500 USDC",
            "investor may contribute <=20000 USDC",
        ),
    ),
    (
        "The shares of each employee vest monthly over 36 months.",
        ("contract must vest share -> employee; every P1M x36; spread",),
    ),
    (
        "The consultant shall pay for any damage it causes; however, its liability under this agreement is capped at 20,000 USDC.",
        (
            "consultant must pay damage",
            "consultant may pay <=20000 USDC",
        ),
    ),
    (
        "The fee is paid by the client in two parts: 1,000 USDC on signing and 2,000 USDC on delivery.",
        (
            "client must pay 1000 USDC; by P0D",
            "client must pay 2000 USDC; if event deliver",
        ),
    ),
    (
        "The buyer pays the price as to 40% on signing and as to the remaining 60% on delivery.",
        (
            "buyer must pay 40 %; by P0D",
            "buyer must pay 60 %; if event deliver",
        ),
    ),
    (
        "The licensee pays 4% of sales and the distributor pays 6% of sales, in each case within 30 days of the end of each month.",
        (
            "licensee must pay 4 % of sales; by P30D from month end; every P1M",
            "distributor must pay 6 % of sales; by P30D from month end; every P1M",
        ),
    ),
    (
        "A quarter of the shares vests on 1 May 2028 and the rest monthly over the following three years.",
        (
            "contract must vest 25 % of share; by 2028-05-01",
            "contract must vest rest; every P1M x36; spread; if time > 2028-05-01",
        ),
    ),
    (
        "The tokens vest monthly over 24 months, provided the adviser continues to provide services.",
        ("contract must vest token; every P1M x24; spread; if event adviser provide service",),
    ),
    (
        "The tenant may give notice no earlier than 30 days before the expiry date.",
        ("tenant may notify; if time expiry date >= P30D",),
    ),
    (
        "The tenant may give notice of renewal not more than 60 and not less than 30 days before the expiry date.",
        ("tenant may notify renewal; if time expiry date >= P60D; if time expiry date <= P30D",),
    ),
)
