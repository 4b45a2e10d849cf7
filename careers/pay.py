"""What a role is paid, in words. Pure."""

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def pay(currency: str, low: int, high: int) -> str:
    """Whole units of a currency: "€60,000–150,000"; one figure where low is high."""
    first = f"{_symbol(currency)}{low:,}"
    return first if low == high else f"{first}–{high:,}"


def short_pay(currency: str, low: int, high: int) -> str:
    """Thousands, rounded: "€60–150k"."""
    low, high = round(low / 1000), round(high / 1000)
    first = f"{_symbol(currency)}{low}"
    return f"{first}k" if low == high else f"{first}–{high}k"


def _symbol(currency: str) -> str:
    return SYMBOLS.get(currency, f"{currency} ")
