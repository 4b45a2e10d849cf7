# %% empty
def quantize(w, bits, block):
    return np.zeros(len(w), np.int8), np.ones(-(-len(w) // block))


def restore(codes, scales, block):
    return codes * 0.0


def pack(codes):
    return b""


def unpack(data, n):
    return np.zeros(n, np.int8)


# %% constant
def quantize(w, bits, block):
    return np.ones(len(w), np.int8), np.ones(-(-len(w) // block))


def restore(codes, scales, block):
    return codes * 1.0


def pack(codes):
    return bytes((len(codes) + 1) // 2)


def unpack(data, n):
    return np.zeros(n, np.int8)


# %% lookup: one scale for all
def quantize(w, bits, block):
    top = 2 ** (bits - 1) - 1
    scale = np.abs(w).max() / top or 1.0
    return np.round(w / scale).astype(np.int8), np.full(-(-len(w) // block), scale)


def restore(codes, scales, block):
    return codes * np.repeat(scales, block)[: len(codes)]


def pack(codes):
    return codes.tobytes()


def unpack(data, n):
    return np.frombuffer(data, np.int8)[:n]


# %% lookup: a byte a code
def quantize(w, bits, block):
    top = 2 ** (bits - 1) - 1
    rows = np.pad(w, (0, -len(w) % block)).reshape(-1, block)
    scales = np.abs(rows).max(axis=1) / top
    scales[scales == 0] = 1
    codes = np.round(rows / scales[:, None]).astype(np.int8)
    return codes.ravel()[: len(w)], scales


def restore(codes, scales, block):
    return codes * np.repeat(scales, block)[: len(codes)]


def pack(codes):
    return codes.tobytes()


def unpack(data, n):
    return np.frombuffer(data, np.int8)[:n]


# %% another
def quantize(w, bits, block):
    top, codes, scales = 2 ** (bits - 1) - 1, [], []
    for i in range(0, len(w), block):
        part = w[i : i + block]
        scale = float(max(abs(part))) / top or 1.0
        scales.append(scale)
        codes += [round(float(x) / scale) for x in part]
    return np.array(codes, np.int8), np.array(scales)


def restore(codes, scales, block):
    return np.array([float(c) * scales[i // block] for i, c in enumerate(codes)])


def pack(codes):
    data = bytearray((len(codes) + 1) // 2)
    for i, c in enumerate(codes.tolist()):
        data[i // 2] |= (c & 15) << (4 * (i % 2))
    return bytes(data)


def unpack(data, n):
    found = []
    for i in range(n):
        c = data[i // 2] >> (4 * (i % 2)) & 15
        found.append(c - 16 if c > 7 else c)
    return np.array(found, np.int8)
