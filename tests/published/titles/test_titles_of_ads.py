"""Titles that name several jobs, or a leader's, and what each means in this catalog."""

import re

import pytest

from careers.published.titles.decoder import decode_title
from careers.published.titles.names import RoleTitles
from tests.published.test_decoder import codes, decoded, found

# Title | every role that it is matched with, in this order, each with "!" if it is very likely and
# "?" if it is only possible; "none": no match at all.
SIDE_BY_SIDE = """
Data Engineer / Data Scientist                              | DE? ML?
Data Scientist / Data Engineer                              | ML? DE?
MLOps / ML Engineer                                         | MO! ML!
ML Engineer / MLOps                                         | ML! MO
ml engineer/data scientist/mlops                            | ML! MO
ML Engineer/Data Engineer                                   | ML! DE?
ML Engineer / Data Engineer                                 | ML! DE?
Data Engineer/ML Engineer                                   | DE? ML!
AI Engineer / Data Engineer                                 | GE! DE? ML?
AI Engineer/Data Engineer                                   | GE! DE? ML?
AI Engineer | Data Engineer                                 | GE! DE? ML?
AI Engineer - Data Engineer                                 | GE! DE? ML?
AI Engineer – Data Engineer                                 | GE! DE? ML?
AI Engineer & Data Engineer                                 | GE! DE? ML?
AI Engineer and Data Engineer                               | GE! DE? ML?
AI Engineer, Data Engineer                                  | GE! DE? ML?
AI Engineer; Data Engineer                                  | GE! DE? ML?
AI Engineer + Data Engineer                                 | GE! DE? ML?
AI Engineer (Data Engineer)                                 | GE! DE? ML?
KI-Entwickler und Data Engineer (m/w/d)                     | GE DE? ML?
Senior AI Engineer / Senior Data Engineer – Berlin          | GE! DE? ML?
Computer Vision Engineer/Scientist                          | CV! RS?
ML Engineer/Scientist                                       | ML! RS
Machine Learning Engineer / Researcher                      | ML! RS!
Engineer/Scientist, Machine Learning                        | ML RS
Engineer / Scientist Machine Learning                       | ML RS
Ingénieur / Chercheur en apprentissage automatique (H/F)    | ML RS
Data Scientist/Engineer                                     | ML? DE?
Data Engineer/Scientist                                     | DE? ML?
Data/ML Engineer                                            | DE? ML!
NLP/Computer Vision Engineer                                | ML! CV! GE?
NLP and Computer Vision Engineer                            | ML! CV! GE?
AI Architect/Engineer                                       | SA! GE! ML?
AI Engineer/Researcher                                      | GE! RS! ML?
KI-Entwickler/Forscher                                      | GE RS ML?
Data Science / ML Engineer                                  | ML!
AI Product Manager / AI Engineer                            | PM! GE! ML?
AI Product Manager / Product Owner                          | PM!
Software Engineer / ML Engineer                             | ML!
Product Manager / ML Engineer                               | ML!
ML Engineer / Software Engineer                             | ML!
Data Analyst / Data Scientist                               | ML?
Prompt Engineer / MLE                                       | PE! ML! GE?
Full Stack Developer / Software Architect                   | none
# One job, with a slash, an “and” or a bracket in it
AI/ML Engineer                                              | ML! GE?
AI / ML Engineer                                            | ML! GE?
Data & AI Engineer                                          | DE GE?
Data and AI Engineer                                        | DE GE?
AI/ML Engineer / Data Scientist                             | ML! GE?
AI/ML Software Engineer - Ads                               | ML GE?
CI/CD Engineer                                              | none
CI/CD Engineer, ML Platform                                 | MO?
DevOps/ML Engineer                                          | MO ML?
Security/ML Engineer                                        | SE ML?
R&D Engineer AI                                             | GE
Junior/Senior ML Engineer                                   | ML!
KI-Ingenieur/in                                             | GE ML?
AI Engineer (LLM/RAG)                                       | GE
UI/UX Designer                                              | none
"""

# A leader's work differs from that of the people led
LEADERS = """
AI Engineering Manager                                      | GE?
Manager, ML Engineering                                     | ML?
Director of Machine Learning Engineering                    | ML?
Machine Learning Engineering – Manager                      | ML?
Engineering Manager, Machine Learning                       | ML?
Engineering Manager, ML Platform                            | MO?
Principal ML Engineering Manager                            | ML?
VP of Machine Learning                                      | ML?
VP Engineering, AI                                          | GE?
ML Tech Lead                                                | ML?
AI Tech Lead                                                | GE?
Technical Lead, Machine Learning                            | ML?
Team Lead Machine Learning                                  | ML?
Teamleiter Machine Learning (m/w/d)                         | ML?
Leiter KI-Entwicklung                                       | GE?
Senior ML Engineer – Team Lead                              | ML?
Head of Data Science                                        | ML?
Data Science Manager                                        | ML?
Chief Data Scientist                                        | ML?
Chief Scientist, AI                                         | RS?
AI Research Manager                                         | RS?
Director of AI Research                                     | RS?
AI Security Manager                                         | SE?
Prompt Engineering Manager                                  | PE?
Head of MLOps                                               | MO?
Head of Computer Vision                                     | CV?
Data Engineering Manager, AI                                | DE?
AI Consulting Manager                                       | SA?
Head of AI                                                  | none
Leiter KI (m/w/d)                                           | none
Leiterin Künstliche Intelligenz                             | none
Abteilungsleitung KI                                        | none
Directeur IA                                                | none
Directrice Intelligence Artificielle                        | none
Jefa de IA                                                  | none
Diretor de IA                                               | none
Bereichsleiter Machine Learning                             | ML?
Directeur Data Science                                      | ML?
Head of Data & AI                                           | none
AI Team Lead                                                | none
Data Engineering Manager                                    | none
"""
# … and these lead nobody, or not as their job
NO_LEADERS = """
Lead ML Engineer                                            | ML!
ML Engineer / Tech Lead                                     | ML!
Lead Data Scientist                                         | ML?
AI Research Lead                                            | RS
AI Product Manager                                          | PM!
Director of Product, AI                                     | PM
AI Program Manager                                          | PM?
AI Manager                                                  | PM?
Engagement Manager, AI                                      | none
AI Delivery Manager                                         | none
Clinical AI Manager                                         | none
AI Account Manager                                          | none
Chief AI Officer                                            | none
AI Chief of Staff                                           | none
"""

# Fields so narrow that one role does all of them, and words run together
NARROW = """
Senior Computer Vision Scientist                            | CV RS?
Computer Vision Researcher                                  | RS CV?
Computer Vision Research Scientist                          | RS CV?
Alignment researcher                                        | RS
AI Alignment Researcher                                     | RS
Alignment Research Engineer                                 | RS
Interpretability Researcher                                 | RS
Sequence Alignment Researcher                               | none
Wheel Alignment Engineer                                    | none
Bildverarbeitungsingenieur                                  | CV
Bildverarbeitungsingenieurin (m/w/d)                        | CV
Sprachverarbeitungsingenieur                                | ML GE?
KI-Entwicklungsingenieur                                    | GE ML?
Entwicklungsingenieur Bildverarbeitung                      | CV
"""

# Words from ads of 2025 and 2026 that stand beside a job's plain name
OF_TODAY = """
MLE III, Ads Ranking                                        | ML
Senior MLE – Search                                         | ML
Founding AI Engineer                                        | GE! ML?
Founding Engineer (AI)                                      | GE ML?
Inference Engineer                                          | MO
GPU Infrastructure Engineer                                 | MO
Post-Training Engineer                                      | ML
Fine-Tuning Engineer                                        | ML
LLM Fine-tuning Engineer                                    | GE ML?
Diffusion Models Researcher                                 | RS
Edge AI Engineer                                            | ML GE?
Embedded AI Engineer                                        | ML GE?
TinyML Engineer                                             | ML
Embedded Engineer                                           | none
Prompt Injection Researcher                                 | SE
AI Pre-Sales Solution Architect                             | SA
Presales Architect – GenAI                                  | SA
AI Presales Consultant                                      | SA? GE?
Presales Consultant                                         | none
AI Sales Engineer                                           | none
Informatiker Künstliche Intelligenz                         | GE ML?
Fachinformatikerin KI                                       | GE ML?
Softwareentwickler mit Schwerpunkt KI (m/w/d)               | GE ML?
Praktikum im Bereich Machine Learning                       | ML?
Masterarbeit Machine Learning                               | ML?
Member of Technical Staff, Machine Learning                 | ML
Member of Technical Staff – Agents                          | GE?
Senior Member of Technical Staff                            | none
A I Engineer                                                | GE ML?
AI Engineer (m/v/x)                                         | GE! ML?
KI-Entwickler (w/m/divers)                                  | GE ML?
KI-Entwickler mwd                                           | GE ML?
"""

OTHER_LANGUAGES = """
# Italian
Ingegnere di Intelligenza Artificiale                       | GE ML?
Ingegnere dell’intelligenza artificiale                     | GE ML?
Ingegnere Machine Learning                                  | ML
Sviluppatrice AI                                            | GE ML?
Scienziato dei dati                                         | ML?
Ricercatore in apprendimento automatico                     | RS
Architetto di soluzioni AI                                  | SA
Ingegnere ML e Data Scientist                               | ML
# Portuguese
Engenheiro de Inteligência Artificial                       | GE ML?
Engenheira de Machine Learning                              | ML
Desenvolvedor de IA                                         | GE ML?
Cientista de Dados                                          | ML?
Engenheiro de Dados                                         | DE?
Engenheiro de visão computacional                           | CV
Pesquisador em aprendizado de máquina                       | RS
# Dutch
AI-ontwikkelaar                                             | GE ML?
Machine Learning ingenieur                                  | ML
Adviseur                                                    | none
# In these, “en”, “e” and “o” are no “and” or “or”
Ingénieur en MLOps                                          | MO
Investigador en aprendizaje automático                      | RS
E-Commerce Manager                                          | none
"""


def rows(table: str) -> list[tuple[str, str]]:
    lines = (line for line in table.splitlines() if line and not line.startswith("#"))
    return [
        (title.strip(), means.strip()) for title, means in (row.rsplit(" | ", 1) for row in lines)
    ]


SIGNS = {"exact": "!", "close": "", "related": "?"}


def meant(title: str) -> str:
    """What a title is matched with, as the tables write it."""
    return " ".join(
        codes()[match.slug] + SIGNS[match.strength.value] for match in decoded(title).matches
    ) or "none"  # fmt: skip


@pytest.mark.parametrize(("title", "means"), rows(SIDE_BY_SIDE))
def test_each_job_of_a_title_is_read_alone_in_the_order_written(title, means):
    assert meant(title) == means, decoded(title).matches


@pytest.mark.parametrize("title", [title for title, _ in rows(SIDE_BY_SIDE)])
def test_no_reason_quotes_across_two_jobs(title):
    for match in decoded(title).matches:
        for quoted in re.findall("“(.+?)”", match.reason):
            assert quoted == " ".join(quoted.split()), match.reason
            assert not re.search(r"Engineer ?[/|+&-] ?\w", quoted), match.reason


def test_a_title_of_several_jobs_says_so():
    assert decoded("Data Engineer / Data Scientist").is_of_several
    assert not decoded("AI/ML Engineer").is_of_several
    assert not decoded("Software Engineer / ML Engineer").is_of_several


def test_what_varies_says_of_which_of_several_jobs():
    assert decoded("ML Engineer/Data Engineer").varies_of == "“ML Engineer”"
    assert decoded("Software Engineer / Data Engineer").varies_of == "“Data Engineer”"
    assert decoded("ML Engineer").varies_of == ""


def test_a_name_of_a_role_that_has_a_divider_in_it_is_one_job():
    names = RoleTitles("both", "Builder and Baker"), RoleTitles("baker", "Baker")
    (first, *_) = decode_title("Builder and Baker, Nights", names).matches
    assert first.slug == "both"


@pytest.mark.parametrize(("title", "means"), rows(LEADERS))
def test_who_leads_people_may_be_near_to_a_role_and_is_told_so(title, means):
    assert meant(title) == means, decoded(title).matches
    said = [decoded(title).why_none, *(match.reason for match in decoded(title).matches)]
    assert any("” leads people" in each for each in said) or "No word next to" in said[0]


@pytest.mark.parametrize(("title", "means"), rows(NO_LEADERS))
def test_a_title_that_only_sounds_so_is_not_said_to_lead_people(title, means):
    assert meant(title) == means, decoded(title).matches
    said = [decoded(title).why_none, *(match.reason for match in decoded(title).matches)]
    assert not any("people" in each for each in said), said


def test_who_leads_is_quoted_with_the_job_beside():
    assert decoded("Chief Scientist, AI").matches[0].reason.startswith("“Chief Scientist” leads")
    assert "the job of “Delivery Manager”" in decoded("AI Delivery Manager").why_none


@pytest.mark.parametrize(("title", "means"), rows(NARROW))
def test_a_narrow_field_is_met_before_a_wide_job(title, means):
    assert meant(title) == means, decoded(title).matches


@pytest.mark.parametrize(("title", "means"), rows(OF_TODAY))
def test_words_of_todays_ads_are_read(title, means):
    assert meant(title) == means, decoded(title).matches
    assert "m/v/x" not in decoded(title).unread


@pytest.mark.parametrize(("title", "means"), rows(OTHER_LANGUAGES))
def test_plain_titles_of_other_languages_are_read(title, means):
    assert meant(title) == means, decoded(title).matches


@pytest.mark.parametrize("title", ["Artificiall Intelligense Chef", "Kunstlich Koch", "Nural Cook"])
def test_a_word_is_not_both_read_as_another_and_not_understood(title):
    result = decoded(title)
    assert result.unread
    assert not any(typed in " ".join(result.unread) for typed, _ in result.corrected)


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("机器学习工程师", "No word that we understand in it says AI, machine learning or models."),
        ("OpenAI Developer", "No word that we understand next to “Developer” says AI"),
        ("World Models Researcher", "No word that we understand next to “Researcher” says AI"),
        ("Software Developer", "“Software Developer” says nothing about AI"),
        ("Data Pipeline Engineer", "No word next to “Engineer” says AI"),
    ],
)
def test_of_a_word_that_is_not_understood_nothing_is_said(title, why):
    assert decoded(title).why_none.startswith(why)


def test_two_fields_are_two():
    assert "“AI” and “Data” cover all" in decoded("Head of AI / Head of Data").why_none
    assert "“Data” and “AI” are in it" in decoded("Data Governance & AI Manager").why_none


def test_a_level_changes_no_side():
    for title, _ in rows(SIDE_BY_SIDE):
        assert found(f"Senior {title} (m/w/d)") == found(title), title
