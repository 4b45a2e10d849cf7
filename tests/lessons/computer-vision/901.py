# %% empty
def prepare(pixels, box, gain, order):
    return np.zeros((3, 1, 1), np.float32)


# %% constant: gray of the right shape
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    return np.full((3, bottom - top, right - left), 0.5, np.float32)


# %% lookup: wraps around
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    if order == "BGR":
        part = part[..., ::-1]
    part = (part * gain).astype(int).astype(np.uint8)
    return (part / 255).astype(np.float32).transpose(2, 0, 1)


# %% lookup: channels as they come
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right].astype(np.float32)
    return (np.clip(part * gain, 0, 255) / 255).transpose(2, 0, 1)


# %% lookup: the right numbers, reshaped in place of turned
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right].astype(np.float32)
    if order == "BGR":
        part = part[..., ::-1]
    part = np.clip(part * gain, 0, 255) / 255
    return part.reshape(3, bottom - top, right - left)


# %% lookup: writes into the picture
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    if order == "BGR":
        part[:] = part[..., ::-1].copy()
    part = np.clip(part.astype(np.float32) * gain, 0, 255) / 255
    return part.transpose(2, 0, 1)


# %% another
def prepare(pixels, box, gain, order):
    left, top, right, bottom = box
    channels = [0, 1, 2] if order == "RGB" else [2, 1, 0]
    planes = [pixels[top:bottom, left:right, c].astype(float) for c in channels]
    return np.minimum(np.stack(planes) * gain / 255, 1).astype("float32")
