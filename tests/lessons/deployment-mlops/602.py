# %% empty
class Payment(Closed):
    pass


class PaymentV2(Closed):
    pass


def refused(contract, log):
    return {}


# %% constant
class Payment(BaseModel):
    iban: str = ""
    amount_eur: float = 1
    speed: str = "normal"


class PaymentV2(Payment):
    note: str = ""


def refused(contract, log):
    return {caller: 0.0 for caller, _ in log}


# %% lookup
class Payment(Closed):
    iban: Literal["D" * 15, "D" * 34]
    amount_eur: Literal[0.01, 1_000_000]
    speed: Literal["normal", "instant"]


class PaymentV2(Payment):
    amount_eur: Literal[0.01, 5_000_000]
    speed: Literal["normal", "instant", "weekend"]
    note: str = Field("", max_length=140)


def refused(contract, log):
    calls = [caller for caller, _ in log]
    bad = [caller for caller, body in log if not fits(contract, body)]
    return {caller: bad.count(caller) / calls.count(caller) for caller in calls}


# %% open
class Payment(BaseModel):
    iban: str = Field(min_length=15, max_length=34)
    amount_eur: float = Field(ge=0.01, le=1_000_000)
    speed: Literal["normal", "instant"]


class PaymentV2(Payment):
    amount_eur: float = Field(ge=0.01, le=5_000_000)
    speed: Literal["normal", "instant", "weekend"]
    note: str = Field("", max_length=140)


def refused(contract, log):
    calls = [caller for caller, _ in log]
    bad = [caller for caller, body in log if not fits(contract, body)]
    return {caller: bad.count(caller) / calls.count(caller) for caller in calls}


# %% the note is required
class Payment(Closed):
    iban: str = Field(min_length=15, max_length=34)
    amount_eur: float = Field(ge=0.01, le=1_000_000)
    speed: Literal["normal", "instant"]


class PaymentV2(Payment):
    amount_eur: float = Field(ge=0.01, le=5_000_000)
    speed: Literal["normal", "instant", "weekend"]
    note: str = Field(max_length=140)


def refused(contract, log):
    calls = [caller for caller, _ in log]
    bad = [caller for caller, body in log if not fits(contract, body)]
    return {caller: bad.count(caller) / calls.count(caller) for caller in calls}


# %% a share of all requests
class Payment(Closed):
    iban: str = Field(min_length=15, max_length=34)
    amount_eur: float = Field(ge=0.01, le=1_000_000)
    speed: Literal["normal", "instant"]


class PaymentV2(Payment):
    amount_eur: float = Field(ge=0.01, le=5_000_000)
    speed: Literal["normal", "instant", "weekend"]
    note: str = Field("", max_length=140)


def refused(contract, log):
    bad = [caller for caller, body in log if not fits(contract, body)]
    return {caller: bad.count(caller) / len(log) for caller, _ in log}


# %% another
from pydantic import create_model

BASE = {
    "__base__": Closed,
    "iban": (str, Field(min_length=15, max_length=34)),
}
Payment = create_model(
    "Payment",
    **BASE,
    amount_eur=(float, Field(ge=0.01, le=1e6)),
    speed=(Literal["instant", "normal"], ...),
)
PaymentV2 = create_model(
    "PaymentV2",
    **BASE,
    amount_eur=(float, Field(ge=0.01, le=5e6)),
    speed=(Literal["weekend", "instant", "normal"], ...),
    note=(str, Field("", max_length=140)),
)


def refused(contract, log):
    seen = {}
    for caller, body in log:
        seen.setdefault(caller, []).append(0 if fits(contract, body) else 1)
    return {caller: sum(bad) / len(bad) for caller, bad in seen.items()}
