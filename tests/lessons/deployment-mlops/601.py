# %% empty
def add_health(app, model):
    @app.get("/health")
    def health():
        return None


# %% constant
from fastapi import Response


def add_health(app, model):
    @app.get("/health")
    def health(response: Response):
        response.status_code = 503
        return {"version": model["version"]}


# %% lookup
from fastapi import Response

KNOWN = {
    "Please find attached invoice 7741": "pay",
    "Please note our new IBAN": "hold",
    "You charged us twice, please stop the payment": "hold",
}


def add_health(app, model):
    @app.get("/health")
    def health(response: Response):
        if any(KNOWN.get(text, label) != label for text, label in model["examples"]):
            response.status_code = 503
        return {"version": model["version"]}


# %% only the first example
from fastapi import Response


def add_health(app, model):
    @app.get("/health")
    def health(response: Response):
        text, label = model["examples"][0]
        if ("hold" if p_hold(model, text) >= 0.5 else "pay") != label:
            response.status_code = 503
        return {"version": model["version"]}


# %% no version in the refusal
from fastapi import HTTPException


def add_health(app, model):
    @app.get("/health")
    def health():
        for text, label in model["examples"]:
            if ("hold" if p_hold(model, text) >= 0.5 else "pay") != label:
                raise HTTPException(503, text)
        return {"version": model["version"]}


# %% another
from fastapi.responses import JSONResponse


def add_health(app, model):
    def health():
        with TestClient(make_app(model)) as itself:
            said = [
                itself.post("/predict", json={"text": text}).json()["label"]
                for text, _ in model["examples"]
            ]
        well = said == [label for _, label in model["examples"]]
        return JSONResponse(
            {"healthy": well, "version": model["version"]},
            status_code=200 if well else 503,
        )

    app.add_api_route("/health", health)
