# %% empty
def contained(code, files, most=2000):
    return "ok", "", {}


# %% constant
def contained(code, files, most=2000):
    return "limit", "", {}


# %% lookup: the page's walls, and an empty folder
def contained(code, files, most=2000):
    number, text = walled(code)
    return ("ok" if number == 0 else "limit" if number < 0 else "error"), text, {}


# %% lookup: hands the environment on
def contained(code, files, most=2000):
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run([sys.executable, "-I", "-c", code], cwd=folder, text=True,
                              preexec_fn=limits, capture_output=True, timeout=60)
        made = {p.name: p.read_bytes() for p in Path(folder).iterdir()
                if p.is_file() and not p.is_symlink() and p.stat().st_size <= 100_000}
    made = {n: c for n, c in made.items() if files.get(n) != c}
    more = len(done.stdout) - most
    text = done.stdout[:most] + (f"\n({more} more)" if more > 0 else "")
    number = done.returncode
    return ("ok" if number == 0 else "limit" if number < 0 else "error"), text, made


# %% lookup: collects what links point to
def contained(code, files, most=2000):
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run([sys.executable, "-I", "-c", code], cwd=folder, text=True, env={},
                              preexec_fn=limits, capture_output=True, timeout=60)
        made = {p.name: p.read_bytes() for p in Path(folder).iterdir()
                if p.is_file() and p.stat().st_size <= 100_000}
    made = {n: c for n, c in made.items() if files.get(n) != c}
    more = len(done.stdout) - most
    text = done.stdout[:most] + (f"\n({more} more)" if more > 0 else "")
    number = done.returncode
    return ("ok" if number == 0 else "limit" if number < 0 else "error"), text, made


# %% lookup: leaves out what is exactly as long as it may be
def contained(code, files, most=2000):
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run([sys.executable, "-I", "-c", code], cwd=folder, text=True, env={},
                              preexec_fn=limits, capture_output=True, timeout=60)
        made = {p.name: p.read_bytes() for p in Path(folder).iterdir()
                if p.is_file() and not p.is_symlink() and p.stat().st_size < 100_000}
    made = {n: c for n, c in made.items() if files.get(n) != c}
    more = len(done.stdout) - most
    text = done.stdout[:most] + (f"\n({more} more)" if more > 0 else "")
    number = done.returncode
    return ("ok" if number == 0 else "limit" if number < 0 else "error"), text, made


# %% lookup: says that there is more where there is none
def contained(code, files, most=2000):
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run([sys.executable, "-I", "-c", code], cwd=folder, text=True, env={},
                              preexec_fn=limits, capture_output=True, timeout=60)
        made = {p.name: p.read_bytes() for p in Path(folder).iterdir()
                if p.is_file() and not p.is_symlink() and p.stat().st_size <= 100_000}
    made = {n: c for n, c in made.items() if files.get(n) != c}
    more = len(done.stdout) - most
    text = done.stdout[:most] + (f"\n({more} more)" if more >= 0 else "")
    number = done.returncode
    return ("ok" if number == 0 else "limit" if number < 0 else "error"), text, made


# %% another
import stat


def contained(code, files, most=2000):
    with tempfile.TemporaryDirectory() as folder:
        for name in files:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(files[name])
        with subprocess.Popen(
            [sys.executable, "-I", "-c", code], cwd=folder, env={}, preexec_fn=limits, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        ) as process:
            text, _ = process.communicate(timeout=90)
        status = {0: "ok"}.get(process.returncode, "limit" if process.returncode < 0 else "error")
        made = {}
        for entry in os.scandir(folder):
            about = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(about.st_mode) and about.st_size <= 100_000:
                with open(entry.path, "rb") as file:
                    content = file.read()
                if entry.name not in files or files[entry.name] != content:
                    made[entry.name] = content
    if len(text) > most:
        text = text[:most] + f"\n({len(text) - most} more)"
    return status, text, made
