# %% empty
def pieces(text, start, end, room):
    return []


# %% constant: the whole stretch
def pieces(text, start, end, room):
    yield start, end


# %% lookup: always sentences
def pieces(text, start, end, room):
    sentence = re.compile(r"\S.*?(?:[.?](?=\s)|\Z)", re.DOTALL)
    for paragraph in PARAGRAPH.finditer(text, start, end):
        for found in sentence.finditer(text, *paragraph.span()):
            yield found.span()


# %% lookup: any period ends a sentence
def pieces(text, start, end, room):
    for paragraph in PARAGRAPH.finditer(text, start, end):
        if count(paragraph[0]) <= room:
            yield paragraph.span()
        else:
            for found in re.compile(r"[^\s.?][^.?]*[.?]").finditer(text, *paragraph.span()):
                yield found.span()


# %% lookup: the handbook's two long paragraphs
def pieces(text, start, end, room):
    known = ("Within 30 days", "Covered for 3 years")
    for paragraph in PARAGRAPH.finditer(text, start, end):
        if not paragraph[0].startswith(known):
            yield paragraph.span()
            continue
        at = paragraph.start()
        for part in paragraph[0].split(". "):
            stop = min(at + len(part) + 1, paragraph.end())
            yield at, stop
            at = stop + 1


# %% another
def pieces(text, start, end, room):
    for paragraph in PARAGRAPH.finditer(text, start, end):
        a, b = paragraph.span()
        if count(text[a:b]) <= room:
            yield a, b
            continue
        at = a
        for i in range(a, b):
            last = i + 1 == b
            if last or (text[i] in ".?" and text[i + 1].isspace()):
                yield at, i + 1
                at = i + 1
                while at < b and text[at].isspace():
                    at += 1
