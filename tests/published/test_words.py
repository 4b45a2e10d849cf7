from careers.published.words import listed, lower_first


def test_words_are_listed_as_a_sentence_does():
    assert [listed("ABC"[:count], "or") for count in (1, 2, 3)] == ["A", "A or B", "A, B or C"]


def test_a_title_in_a_sentence_begins_small_unless_it_is_short_for_something():
    titles = ["Software engineer", "SRE or DevOps engineer", "QA", ""]
    assert list(map(lower_first, titles)) == ["software engineer", *titles[1:]]
