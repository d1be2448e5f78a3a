"""Sentences on measures, bounds on both sides, lateness and times, with what each says."""

MEASURED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "If less than 20 mm of rain has fallen in June 2027, the insurer pays the farmer 800 USDC.",
        ("insurer must pay 800 USDC -> farmer; if oracle rainfall < 20 mm; if time = 2027-06-30",),
    ),
    (
        "Pay Bea 90 USDC if it snows more than 10 cm on 3 January 2028.",
        ("contract must pay 90 USDC -> bea; if oracle snowfall > 10 cm; if time = 2028-01-03",),
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
    (
        "If the parcel arrives more than two days late, the shop refunds the fee to the buyer.",
        ("shop must refund fee -> buyer; if breach deliver > P2D parcel",),
    ),
    (
        "The photographer gets 300 USDC per wedding plus 20 USDC for each extra hour.",
        (
            "contract must pay 300 USDC of wedding -> photographer",
            "contract must pay 20 USDC of hour -> photographer",
        ),
    ),
    (
        "The licensee shall pay the shortfall within 20 days after the end of that quarter if its sales in any quarter are less than 25,000 USDC.",
        (
            "licensee must pay shortfall; by P20D from quarter end; every P3M; if comparison sales < 25000 USDC",
        ),
    ),
    (
        "The warrant may be exercised by the holder between the second and the fourth anniversary of the issue date.",
        ("holder may perform warrant; if time issue date >= P2Y; if time issue date <= P4Y",),
    ),
    (
        "The landlord keeps 10% of the deposit for every week the tenant pays late.",
        ("landlord must keep 10 % of deposit; every P1W; if breach tenant pay",),
    ),
    (
        "From the third year onwards, the tenant pays 1,000 USDC a month.",
        ("tenant must pay 1000 USDC; every P1M; if time > P2Y",),
    ),
    (
        "The buyer may deduct a discount of 2% from the invoice amount if it pays within 10 days.",
        ("buyer may keep 2 % of invoice amount; if event buyer pay <= P10D",),
    ),
    (
        "Out of every payment received, 5% goes to the reserve and the remaining 95% to the creator.",
        (
            "contract must pay 5 % of payment -> reserve",
            "contract must pay 95 % of payment -> creator",
        ),
    ),
    (
        "The fee is 2,000 USDC if sales exceed 50,000 USDC and 3,000 USDC if they exceed 80,000 USDC.",
        (
            "_ must pay 2000 USDC; if comparison sales > 50000 USDC",
            "_ must pay 3000 USDC; if comparison sales > 80000 USDC",
        ),
    ),
    (
        "The royalty payable by the Licensee to the Licensor is 4% of net sales.",
        ("licensee must pay 4 % of net sales -> licensor",),
    ),
    (
        "The agent receives 3% of the price if the price is below 500 USDC and 2% if it exceeds that amount.",
        (
            "contract must pay 3 % of price -> agent; if oracle price < 500 USDC",
            "contract must pay 2 % of price -> agent; if oracle price > 500 USDC",
        ),
    ),
    (
        "The publisher pays the author 10% of receipts on the first 5,000 copies sold and 12% thereafter.",
        (
            "publisher must pay 10 % of receipts -> author; if comparison number of copy <= 5000",
            "publisher must pay 12 % of receipts -> author; if comparison number of copy > 5000",
        ),
    ),
    (
        "The Buyer shall pay the price in three instalments of 4,000 USDC each, due on 1 March, 1 June and 1 September 2028.",
        (
            "buyer must pay 4000 USDC; by 2028-03-01",
            "buyer must pay 4000 USDC; by 2028-06-01",
            "buyer must pay 4000 USDC; by 2028-09-01",
        ),
    ),
    (
        "The borrower shall repay the loan in two equal instalments on 1 May 2028 and 1 May 2029.",
        (
            "borrower must return 50 % of loan; by 2028-05-01",
            "borrower must return 50 % of loan; by 2029-05-01",
        ),
    ),
    (
        "The employer may deduct 50 USDC for each day of absence.",
        ("employer may keep 50 USDC; every P1D; if state absence",),
    ),
    (
        "If the dollar price of SOL drops under 90, sell all my SOL.",
        ("contract must sell SOL; if oracle dollar price of SOL < 90",),
    ),
    (
        "The tenant pays 900 USDC a month in the first lease year and 950 USDC a month in each subsequent year.",
        (
            "tenant must pay 900 USDC; by P1Y; every P1M",
            "tenant must pay 950 USDC; every P1M; if time > P1Y",
        ),
    ),
    (
        "The licensee pays 4% of sales in the first year and 5% of sales in each following year.",
        (
            "licensee must pay 4 % of sales; by P1Y",
            "licensee must pay 5 % of sales; every P1Y; if time > P1Y",
        ),
    ),
    (
        "If the rate is higher than 155, Party A shall pay Party B 10,000 USDC; if it is lower than 140, Party B shall pay Party A the same amount.",
        (
            "party a must pay 10000 USDC -> party b; if oracle rate > 155",
            "party b must pay 10000 USDC -> party a; if oracle rate < 140",
        ),
    ),
    (
        "The first 1,000 USDC of every claim is borne by the Insured and the balance by the Insurer.",
        (
            "insured must pay 1000 USDC of claim",
            "insurer must pay balance",
        ),
    ),
    (
        "If the temperature falls below minus 5 degrees, the heating company pays each tenant 30 USDC.",
        ("heating company must pay 30 USDC -> tenant; if oracle temperature < -5 degree",),
    ),
    (
        "If the temperature is less than minus 12 degrees on 3 January 2028, the insurer pays Ann 50 USDC.",
        (
            "insurer must pay 50 USDC -> ann; if oracle temperature < -12 degree; if time = 2028-01-03",
        ),
    ),
)
