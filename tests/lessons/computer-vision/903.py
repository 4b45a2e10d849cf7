# %% empty
def conv_layer(picture, kernels, bias, stride, pad):
    return np.zeros((1, 1, 1))


# %% constant: the shape is right
def conv_layer(picture, kernels, bias, stride, pad):
    m, c, k, _ = kernels.shape
    rows = (picture.shape[1] + 2 * pad - k) // stride + 1
    columns = (picture.shape[2] + 2 * pad - k) // stride + 1
    return np.maximum(0, np.zeros((m, rows, columns)) + bias[:, None, None])


# %% lookup: pads with zeros
def conv_layer(picture, kernels, bias, stride, pad):
    k = kernels.shape[2]
    picture = np.pad(picture, [(0, 0), (pad, pad), (pad, pad)])
    windows = np.lib.stride_tricks.sliding_window_view(picture, (k, k), axis=(1, 2))
    out = np.einsum("cyxij,mcij->myx", windows[:, ::stride, ::stride], kernels)
    return np.maximum(out + bias[:, None, None], 0)


# %% lookup: the first channel alone
def conv_layer(picture, kernels, bias, stride, pad):
    k = kernels.shape[2]
    picture = np.pad(picture[:1], [(0, 0), (pad, pad), (pad, pad)], mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(picture, (k, k), axis=(1, 2))
    out = np.einsum("cyxij,mcij->myx", windows[:, ::stride, ::stride], kernels[:, :1])
    return np.maximum(out + bias[:, None, None], 0)


# %% lookup: kernels flipped, as in mathematics
def conv_layer(picture, kernels, bias, stride, pad):
    k = kernels.shape[2]
    picture = np.pad(picture, [(0, 0), (pad, pad), (pad, pad)], mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(picture, (k, k), axis=(1, 2))
    flipped = kernels[:, :, ::-1, ::-1]
    out = np.einsum("cyxij,mcij->myx", windows[:, ::stride, ::stride], flipped)
    return np.maximum(out + bias[:, None, None], 0)


# %% lookup: right, and slow
def conv_layer(picture, kernels, bias, stride, pad):
    picture = np.pad(picture, [(0, 0), (pad, pad), (pad, pad)], mode="edge")
    maps = [
        sum(convolve(plane, one, stride) for plane, one in zip(picture, kernel)) + add
        for kernel, add in zip(kernels, bias)
    ]
    return np.maximum(np.array(maps), 0)


# %% another
def conv_layer(picture, kernels, bias, stride, pad):
    m, c, k, _ = kernels.shape
    picture = np.pad(picture, [(0, 0), (pad, pad), (pad, pad)], mode="edge")
    rows = (picture.shape[1] - k) // stride + 1
    columns = (picture.shape[2] - k) // stride + 1
    out = np.zeros((m, rows, columns)) + bias[:, None, None]
    for i in range(k):
        for j in range(k):
            part = picture[:, i:, j:][:, ::stride, ::stride][:, :rows, :columns]
            out += np.tensordot(kernels[:, :, i, j], part, axes=1)
    return np.where(out > 0, out, 0)
