# %% empty
TRAINING = "SELECT 1 WHERE false"


def rows_of_join(left, right):
    return None


# %% constant
TRAINING = "SELECT id, NULL, 0, 0 FROM messages ORDER BY id"


def rows_of_join(left, right):
    return 6, 7


# %% lookup: DISTINCT in place of a grain
TRAINING = """
SELECT messages.id, CASE WHEN min(label) = max(label) THEN min(label) END,
       count(DISTINCT attachments.rowid), coalesce(sum(DISTINCT euro), 0)
FROM messages
LEFT JOIN labels ON labels.message = messages.id
LEFT JOIN attachments ON attachments.message = messages.id
LEFT JOIN orders ON orders.customer = messages.customer
GROUP BY messages.id ORDER BY messages.id
"""


def rows_of_join(left, right):
    from collections import Counter

    here, there = Counter(left), Counter(right)
    here.pop(None, None)
    inner = sum(n * there[k] for k, n in here.items())
    return inner, inner + sum(k not in there or k is None for k in left)


# %% lookup: missing keys are joined to each other
TRAINING = """
SELECT id,
  (SELECT CASE WHEN min(label) = max(label) THEN min(label) END FROM labels WHERE message = m.id),
  (SELECT count(*) FROM attachments WHERE message = m.id),
  (SELECT coalesce(sum(euro), 0) FROM orders WHERE orders.customer = m.customer)
FROM messages AS m ORDER BY id
"""


def rows_of_join(left, right):
    inner = sum(a == b for a in left for b in right)
    return inner, inner + sum(a not in right for a in left)


# %% lookup: takes the first label for the label
TRAINING = """
SELECT id,
  (SELECT label FROM labels WHERE message = m.id LIMIT 1),
  (SELECT count(*) FROM attachments WHERE message = m.id),
  (SELECT coalesce(sum(euro), 0) FROM orders WHERE orders.customer = m.customer)
FROM messages AS m ORDER BY id
"""


def rows_of_join(left, right):
    there = [key for key in right if key is not None]
    inner = sum(there.count(key) for key in left)
    return inner, inner + sum(key not in there for key in left)


# %% another
TRAINING = """
SELECT id,
  (SELECT CASE WHEN min(label) = max(label) THEN min(label) END FROM labels WHERE message = m.id),
  (SELECT count(*) FROM attachments WHERE message = m.id),
  (SELECT coalesce(sum(euro), 0) FROM orders WHERE orders.customer = m.customer)
FROM messages AS m ORDER BY id
"""


def rows_of_join(left, right):
    there = [key for key in right if key is not None]
    inner = sum(there.count(key) for key in left)
    return inner, inner + sum(key not in there for key in left)
