"""Currencies, tokens and classifiers."""

from __future__ import annotations

CURRENCIES = {
    "人民币元": "CNY", "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "圆": "CNY", "块钱": "CNY",
    "块": "CNY", "RMB": "CNY", "CNY": "CNY", "¥": "CNY", "美元": "USD", "美金": "USD",
    "美刀": "USD",
    "US$": "USD", "USD": "USD", "$": "USD", "欧元": "EUR", "EUR": "EUR", "€": "EUR", "英镑": "GBP",
    "GBP": "GBP", "£": "GBP", "日元": "JPY", "日圆": "JPY", "JPY": "JPY", "港元": "HKD",
    "港币": "HKD", "HK$": "HKD", "HKD": "HKD", "新加坡元": "SGD", "新元": "SGD", "新币": "SGD",
    "SGD": "SGD", "澳元": "AUD", "AUD": "AUD", "加元": "CAD", "加拿大元": "CAD", "CAD": "CAD",
    "瑞士法郎": "CHF", "CHF": "CHF", "韩元": "KRW", "KRW": "KRW", "新台币": "TWD", "台币": "TWD",
    "卢比": "INR", "卢布": "RUB", "泰铢": "THB",
}  # fmt: skip
"""Words and signs of money issued by states, to ISO 4217 codes."""

FIAT = frozenset(CURRENCIES.values())
NATIVE_WORDS = {"以太币": "ETH", "以太": "ETH", "以太坊": "ETH", "比特币": "BTC", "泰达币": "USDT"}
NATIVE = frozenset({"ETH", "BTC", "BNB", "SOL", "AVAX", "MATIC", "POL"})
STABLE = frozenset(
    {"USDC", "USDT", "DAI", "BUSD", "TUSD", "FDUSD", "EURC", "PYUSD", "WETH", "WBTC"}
)
NOT_SYMBOLS = frozenset(
    [
        "AM",
        "PM",
        "UTC",
        "GMT",
        "NFT",
        "NFTS",
        "KYC",
        "AML",
        "DAO",
        "API",
        "PDF",
        "VAT",
        "ROI",
        "IPO",
        "SLA",
        "GPS",
        "ERC",
        "LLC",
        "LTD",
        "INC",
        "APY",
        "APR",
        "KPI",
        "AI",
        "IT",
        "ID",
        "UAT",
        "FOB",
        "CIF",
        "App",
        "APP",
        "Ltd",
        "Inc",
        "Co",
        "Corp",
        "A",
        "B",
        "C",
        "D",
        "E",
        "X",
        "Y",
        "Z",
        "OK",
        "VIP",
    ]
)
"""Capitals beside a number that are no token."""

CLASSIFIERS = (
    ""
    ""
    ""
    ""
    ""
    ""
    "周岁|字|单(?![位元价独笔次日月周证据方])|版|页|集|堂|岁|级|朵|碗|杯|枝|束|桌|层|款|摄氏度|毫米|厘米|个|枚|台|件|套|辆|吨|公斤|千克|斤|克|箱|批|份|股|张|次|只|本|块|条|部|间|处|栋|幢|平方米|平米|亩|公顷|立方米|升|毫升|"
    ""
    ""
    ""
    ""
    ""
    ""
    ""
    "瓶|盒|袋|桶|把|根|艘|架|棵|株|头|匹|幅|首|篇|册|期|笔|项|点|颗|串|双|对|组|片|卷|米|公里|千瓦时|度|票|名|位|人|盏|扇"
    "|罐|坛|筐|捆|支(?!付|持|出|取|行|撑|配|票|援)|餐|趟|卡车|车皮|分"
)
MEASURES = frozenset({
    "公斤", "千克", "吨", "克", "斤", "升", "毫升", "平方米", "平米", "亩", "公里", "米", "立方米",
    "立方", "公顷", "千瓦时", "小时",
})  # fmt: skip
"""Classifiers that say what is measured, and stay with its name."""
GOODS_WITHOUT_NOUN = {"股": "股份", "票": "票", "千瓦时": "千瓦时", "度": "度"}
"""Classifiers that say themselves what they count."""

DOWN_PAYMENTS = (
    "定金", "订金", "首付", "首付款", "预付款", "首款", "头款", "首期", "诚意金", "意向金",
)  # fmt: skip
"""What is paid first, and is no name of all that is paid."""

PRICES = (
    "发售价格", "认购价格", "发行价格", "销售单价", "发售价", "认购价", "发行价", "申购价",
    "铸造价", "预售价", "购买价", "售价格", "一口价", "单价", "售价", "价格", "定价", "票价",
    "会员价", "优惠价",
)  # fmt: skip
"""How words for what is paid for each end, the longest first."""

TOTALS = (
    "价款", "总价", "总价格", "总额", "总金额", "总费用", "总报酬", "合同价", "合同金额", "合同款",
    "交易价", "成交价", "成交价格", "转让价", "转让价格", "购买价格", "买价", "总货款", "全款",
    "总款", "交易金额", "订单金额", "车价", "房价",
)  # fmt: skip
"""How words for what is paid in all end."""
