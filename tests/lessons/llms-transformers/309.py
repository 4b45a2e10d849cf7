# %% empty
def overtakes(m):
    return 0


def bill(per_day, prompt, answer, prices, same=0):
    return 0.0


def chat(turns, question, answer, system):
    return 0


# %% constant
def overtakes(m):
    return 53_248


def bill(per_day, prompt, answer, prices, same=0):
    return 182_400.0


def chat(turns, question, answer, system):
    return 12_500


# %% lookup
def overtakes(m):
    return {4096: 53_248}.get(m["width"], 12 * m["width"])


def bill(per_day, prompt, answer, prices, same=0):
    return {(60_200, 0): 182_400, (60_200, 60_000): 20_400}.get((prompt, same), 8_400)


def chat(turns, question, answer, system):
    return {10: 12_500}.get(turns, turns * question)


# %% lookup: the square, the cache and the earlier turns are forgotten
def overtakes(m):
    return m["layers"] * weights(m) / m["width"]


def bill(per_day, prompt, answer, prices, same=0):
    return 30 * per_day * (prompt * prices["read"] + answer * prices["write"]) / 1e6


def chat(turns, question, answer, system):
    return turns * (system + question)


# %% the chat forgets its answers
def overtakes(m):
    return weights(m) / m["width"]


def bill(per_day, prompt, answer, prices, same=0):
    one = (prompt - same) * prices["read"] + same * prices["cached"]
    return 30 * per_day * (one + answer * prices["write"]) / 1e6


def chat(turns, question, answer, system):
    return turns * system + question * turns * (turns + 1) // 2


# %% another
def overtakes(m):
    one_weights, one_attention = operations(m, 1)
    return one_weights / one_attention


def bill(per_day, prompt, answer, prices, same=0):
    parts = {"read": prompt - same, "cached": same, "write": answer}
    return sum(prices[kind] * n for kind, n in parts.items()) * per_day * 30 * 1e-6


def chat(turns, question, answer, system):
    return sum(system + k * (question + answer) + question for k in range(turns))
