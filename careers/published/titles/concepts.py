"""The words of job titles, in four languages, read as a few concepts.

Of three more, Italian, Portuguese and Dutch, those that plain titles of AI jobs are made of.

Pure: plain values in, plain values out. A word that isn't known is read as a concept of its own, so
that a name made of such words is still told from every other.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import NamedTuple

# The tables ------------------------------------------------------------------------------
#
# Concept → how titles spell it, folded (no capitals, accents or punctuation), divided by "|".
# Two concepts in a key: a single word that says both. Plurals in -s and feminine forms in -in and
# -e are found by themselves. A longer spelling wins over a shorter one.

_FIELDS = {
    "ai": "ai|a i|ki|ia|artificial intelligence|kunstliche intelligenz|kunstlicher intelligenz"
    "|kuenstliche intelligenz|intelligence artificielle|inteligencia artificial"
    "|intelligenza artificiale|kunstmatige intelligentie",
    "generative": "generative|generativ|generativer|generatif|generativa|generativo|generatieve"
    "|diffusion model",
    "generative ai": "genai|gen ai|generative ai",
    "llm": "llm|large language model|language model|foundation model|gpt|chatgpt|chat gpt"
    "|sprachmodell"
    "|modele de langage|modelo de lenguaje|modelos de lenguaje",
    "rag": "rag|retrieval augmented generation",
    # An "agent" alone sells houses or insurance.
    "agent": "agentic|agentique|ai agent|ki agent|ia agent|llm agent|agent ia|agente ia"
    "|agente de ia|agentes de ia|multi agent|ai assistant",
    "chatbot": "chatbot|conversational|voicebot",
    # Alone, it is of wheels: see _OTHER_TRADES.
    "ai research": "alignment research|alignment researcher|alignment science|alignment scientist"
    "|interpretability research|interpretability researcher",
    "ml": "ml|m l|tinyml|machine learning|mach learning|maschinelles lernen|maschinellem lernen"
    "|apprentissage automatique|apprentissage machine|aprendizaje automatico"
    "|aprendizaje de maquina|aprendizaje maquina|apprendimento automatico|aprendizado de maquina"
    "|aprendizagem automatica",
    # On a device, models are trained and shrunk; few are called over a network.
    "ml ai": "edge ai|embedded ai",
    "deep": "deep learning|neural network|neuronale netze|apprentissage profond"
    "|aprendizaje profundo|apprendimento profondo|aprendizado profundo",
    "nlp": "nlp|natural language processing|natural language understanding|sprachverarbeitung"
    "|traitement du langage naturel|traitement automatique du langage"
    "|procesamiento del lenguaje natural|procesamiento de lenguaje natural",
    "speech": "speech recognition|speech processing|asr|text to speech|spracherkennung",
    "recommender": "recommendation|recommender|recommendation system|recommender system",
    "reinforcement": "reinforcement learning",
    "vision": "computer vision|comp vision|machine vision|vision par ordinateur|vision artificielle"
    "|vision artificial|vision por computador|vision por computadora|vision por ordenador"
    "|visione artificiale|visao computacional|computervisie"
    "|maschinelles sehen|image recognition|bilderkennung|reconnaissance d image",
    "image": "image processing|bildverarbeitung|traitement d image|traitement des image"
    "|procesamiento de imagen|procesamiento de imagenes",
    # Eyes, a résumé, or cameras: these two need an AI word or an engineer beside them.
    "sight": "vision|cv",
    "perception": "perception|perzeption|percepcion",
    "mlops": "mlops|ml ops|machine learning operations|llmops|llm ops|aiops|ai ops",
    "platform": "platform|plattform|plateforme|plataforma",
    "infrastructure": "infrastructure|infra|infrastruktur|infraestructura",
    "devops": "devops",
    "sre engineer": "sre|site reliability engineer",
    "sre": "site reliability",
    "serving": "inference|gpu|deployment",
    "model-serving": "model serving|model deployment",
    "data": "data|daten|donnee|datos|big data|dati|dados",
    "security": "security|sicherheit|securite|seguridad|cybersecurity|cyber security|it security"
    "|it sicherheit|cybersicherheit|cybersecurite|ciberseguridad|infosec|appsec|sicurezza"
    "|seguranca",
    "adversarial": "adversarial",
    "adversarial ai research": "prompt injection research|prompt injection researcher",
    "red-team": "red team|red teamer|red teaming|redteam|penetration tester|penetration testing"
    "|pentester|pentest",
    "prompt": "prompt|prompting",
}
_JOBS = {
    "engineer": "engineer|engineering|engr|eng|developer|development|dev|programmer|swe|sde"
    "|member of technical staff|mts"
    "|ingenieur|entwickler|entwicklung|programmierer|softwareentwickler|softwareingenieur"
    "|entwicklungsingenieur|informatiker|fachinformatiker|informaticien|informaticienne|ingegnere|ingegneria|sviluppatore|sviluppatrice|engenheiro|engenheira"
    "|engenharia|desenvolvedor|desenvolvedora|ontwikkelaar|softwareontwikkelaar"
    "|developpeur|developpeuse|ingenierie|ingeniero|ingeniera|ingenieria|desarrollador"
    "|desarrolladora|programador|programadora|softwareentwicklung",
    "data engineer": "dateningenieur|datenentwickler",
    "ml engineer": "mle",
    # Alone, inference is of statistics as well, tuning of engines, and training of people.
    "deep engineer": "fine tuning engineer|finetuning engineer|post training engineer"
    "|pre training engineer|pretraining engineer",
    "model-serving engineer": "inference engineer|gpu infrastructure engineer"
    "|gpu platform engineer|gpu cluster engineer",
    "security engineer": "sicherheitsingenieur",
    "scientist": "scientist|wissenschaftler|scientifique|cientifico|cientifica"
    "|scienziato|scienziata|cientista",
    "data-science": "data scientist|data science|data sci|datenwissenschaftler"
    "|scientifique des donnee|science des donnee"
    "|cientifico de datos|cientifica de datos|ciencia de datos|scienziato dei dati"
    "|scienziata dei dati|cientista de dados|ciencia de dados",
    "research": "research|researcher|forscher|forschung|chercheur|chercheuse|recherche"
    "|investigador|investigadora|investigacion|ricercatore|ricercatrice|ricerca|pesquisador|pesquisadora|pesquisa"
    "|onderzoeker|wissenschaftlicher mitarbeiter"
    "|wissenschaftliche mitarbeiter|wissenschaftliche mitarbeiterin|doktorand|doctorant"
    "|doctorando|phd student|phd candidate|phd position|postdoc|postdoctoral|postdoktorand",
    "research engineer": "forschungsingenieur",
    "architect": "architect|arch|architekt|architecte|arquitecto|arquitecta"
    "|architetto|arquiteto|arquiteta",
    "data architect": "datenarchitekt",
    "solutions architect": "losungsarchitekt|loesungsarchitekt|presales architect"
    "|pre sales architect|presales solution architect|pre sales solution architect",
    "solutions": "solution|losung|solucione|solucion|soluzioni|solucoes",
    "solutions-engineer": "solution engineer|solution consultant|presales engineer"
    "|pre sales engineer|presales consultant|pre sales consultant",
    "product-manager": "product manager|product management|product owner|product ownership"
    "|product mgr|prod mgr|prod manager"
    "|product lead|pm|head of product|director of product|vp of product"
    "|produktmanager|produktmanagement|chef de produit|cheffe de produit|responsable produit"
    "|responsable de produit"
    "|jefe de producto|jefa de producto|gerente de producto|responsable de producto"
    "|responsabile di prodotto|gerente de produto|productmanager",
    "project-manager": "project manager|program manager|programme manager|project lead|tpm"
    "|project mgr|proj mgr|program mgr"
    "|projektmanager|projektleiter|projektleitung|chef de projet|cheffe de projet"
    "|charge de projet|jefe de proyecto|jefa de proyecto|gestor de proyectos"
    "|responsabile di progetto|gerente de projeto|gerente de projetos|projectleider",
    "consultant": "consultant|consulting|advisor|adviser|berater|conseiller|consultor"
    "|consultora|asesor|asesora|consulente",
    "specialist": "specialist|expert|spezialist|experte|specialiste|especialista|experto|experta"
    "|specialista",
    "manager": "manager|mgr|gerente",
    "team-lead": "team lead|team leader|teamleiter|teamleitung|group lead|chef d equipe",
    "engineer manager": "tech lead|technical lead|engineering lead|lead technique",
    "leader": "head|director|vp|chief|leiter|leitung|abteilungsleiter|abteilungsleitung"
    "|bereichsleiter|bereichsleitung|directeur|directrice|directora|jefe|jefa|direttore"
    "|direttrice|diretor|diretora",
    "analyst": "analyst|analyste|analista",
    "designer": "designer",
    "writer": "writer",
}
# Little words that join the others.
_JOINTS = (
    "of for in with and the at to on a an as or fur fuer mit und im der die das de du des d l la le"
    " les en et pour au aux y el los las del con para s oder ou di dei dell della e em da do"
    " van voor bereich schwerpunkt"
)
# These change nothing: an engineer is one with or without "software".
_PLAIN = "software application technical enterprise system logiciel logicielle it focus focused"
# Jobs that none of ours is, whatever field they are done in.
_OTHER_JOBS = (
    "recruiter recruiting recruitment headhunter technician techniker technicien tecnico nurse"
    " teacher trainer tutor professor profesor profesora lecturer instructor lehrer formateur"
    " coach operator clerk guard officer counsel lawyer attorney executive representative ethicist"
    " evangelist advocate strategist editor journalist annotator annotation labeler labeling"
    " coordinator administrator trader accountant auditor copywriter artist animator partner buyer"
    " driver physician doctor therapist marketer translator influencer commercial redacteur"
    " juriste kaufmann verkaufer vertriebler ethics ethik"
)
# Beside a job's name, these make it another job: a mechanical engineer, a sales manager.
_OTHER_TRADES = (
    "mechanical|electrical|civil|chemical|manufacturing|industrial|hardware|chip|asic|fpga"
    "|silicon|circuit|compiler|network|sales|pre sales|presales|marketing|product marketing"
    "|customer|customer success|support|account|business development|people|hr|human resources"
    "|talent|legal|finance|financial|tax|clinical|medical|biology|chemistry|biomedical|market|user"
    "|ux|quantitative|quant|policy|governance|compliance|privacy|data protection|content|community"
    "|computer architect|data center|data centre|data entry|social media|supply chain|construction"
    "|care|event|test|testing|qa|vertrieb|einkauf|personal|ventas|comercial|elektro|maschinenbau"
    "|wheel alignment|sequence alignment|chief of staff"
)
# Say how far along, where, for how long, on what contract: none of it says what the job is.
_ASIDE = (
    # level
    "senior|sr|junior|jr|lead|principal|staff|mid|mid level|entry level|entry|associate|graduate"
    "|new grad|new college grad|university graduate|group|experienced|i|ii|iii|iv|phd|master"
    "|leitend|leitender|founding|confirme|debutant|ssr|berufseinsteiger|berufserfahrener"
    "|semi senior"
    # contract
    "|intern|internship|trainee|apprentice|working student|student|werkstudent|praktikant"
    "|praktikum|stage|stagiaire|alternance|alternant|apprenti|becario|becaria|practicas"
    "|full time|part time|vollzeit|teilzeit|temps plein|temps partiel|jornada completa|contract"
    "|contractor|freelance|freelancer|permanent|temporary|unbefristet|befristet|festanstellung"
    "|cdi|cdd|indefinido|start"
    "|masterarbeit|bachelorarbeit|abschlussarbeit|master thesis|bachelor thesis"
    # gender, without a sign between
    "|mwd|wmd|mfd|fmd|mwx|mfx"
    # place
    "|remote|hybrid|onsite|on site|home office|homeoffice|teletravail|teletrabajo|remoto|hibrido"
    "|presencial|anywhere|worldwide|emea|dach|apac|latam|europe|europa|eu|uk|us|usa"
    "|united kingdom|united states|germany|deutschland|france|spain|espana|switzerland|schweiz"
    "|suisse|austria|osterreich|netherlands|ireland|belgium|italy|portugal|poland|india|canada"
    "|berlin|munich|munchen|hamburg|frankfurt|frankfurt am main|cologne|koln|stuttgart|dusseldorf"
    "|leipzig|karlsruhe|zurich|basel|vienna|wien|paris|lyon|toulouse|nantes|lille|grenoble"
    "|bordeaux|madrid|barcelona|valencia|sevilla|malaga|bilbao|london|dublin|amsterdam|brussels"
    "|lisbon|milan|warsaw|new york|san francisco|seattle|boston|toronto|bangalore|bengaluru"
    "|hyderabad|singapore|mexico|bogota|buenos aires|santiago"
)
# (m/w/d), H/F, [f/m/x], (all genders), (gn*): also hours, as in 80–100%.
_MARKS = re.compile(
    r"""(?P<mark>
        (?: [(\[]\s* | (?<![^\W_]) )
        (?: (?:[mwfdxhignav]|div|hf) (?:\s*[/|*,]\s*(?:[mwfdxhignav]|div(?:ers)?)){1,3}
            | all\s+genders? | alle\s+geschlechter | tous\s+genres | gn
            | \d{1,3}\s*(?:[-–]\s*\d{1,3}\s*)?%
        )
        (?: [*]?\s*[)\]] | (?![^\W_]) )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Ingeniero/a, Ingénieur(e), Entwickler*in, Chef·fe: the other gender's ending, for which no word
# stands here.
_ENDINGS_OF_GENDER = re.compile(
    r"(?<=[^\W_])(?:[/*:_·.]-?|\()(?:in|innen|r|n|e|fe|ne|se|euse|trice|rice|a|o)\)?(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
# A.I., M. L.: letters that stand for words, each with its dot, and not the end of a sentence.
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){1,5}[^\W\d_]\.?(?![^\W_])")
# What divides a title into parts: "ML Engineer – Vision (Remote)". A tight slash or hyphen doesn't.
_DIVIDES = re.compile(r"[,;|()\[\]–—•]|\s[-/:]|[-/:]\s")


# Reading ------------------------------------------------------------------------------------------


class Word(NamedTuple):
    """A folded word and where it stands in the text: text[start:end] is as typed."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """Words with one meaning. A word that isn't known is its own concept.

    part: which of the text's parts they stand in.
    """

    concepts: frozenset[str]
    known: bool
    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's tokens in order, and the spans of it that were set aside.

    corrected: the span of each misspelled word, and the word that it was read as.
    """

    text: str
    tokens: tuple[Token, ...]
    aside: tuple[tuple[int, int], ...]
    corrected: tuple[tuple[int, int, str], ...] = ()


_PIECES = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CAPITALS = re.compile(r"[A-Z]+")


def fold(text: str) -> str:
    """Text without capitals, accents and punctuation, with single spaces: what searches compare.

    The words of words_in(), without their places, in a fraction of the time.
    """
    text = _INITIALS.sub(lambda found: re.sub("[. ]", "", found[0]), text)
    if text.isascii():
        text = text.lower()
    else:
        text = _CAPITALS.sub(lambda found: found[0].lower(), text)
        text = _NOT_ASCII.sub(lambda found: _letters(found[0]), text)
    return " ".join(_PIECES.findall(text))


@lru_cache(maxsize=1024)
def _letters(character: str) -> str:
    """What words_in() makes of a character beyond ASCII: nothing, where it divides no words."""
    if unicodedata.category(character) == "Cf":
        return ""
    return "".join(
        piece for piece in _plain(character) if piece.isalnum() or not unicodedata.combining(piece)
    )


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, folded, each with its place."""
    # Character by character, to know each word's place in the text. A capital begins no new word:
    # “MLOps” and “mlops” are the same.
    letters, start, end = "", 0, 0
    within = {place for found in _INITIALS.finditer(text) for place in range(*found.span())}
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf" or (place in within and character in ". "):
            continue  # a soft hyphen, a space of no width, the dots of “A.I.”
        for piece in character.lower() if character.isascii() else _plain(character):
            if piece.isalnum():
                start = start if letters else place
                letters, end = letters + piece, place + 1
            elif letters and not unicodedata.combining(piece):
                yield Word(letters, start, end)
                letters = ""
    if letters:
        yield Word(letters, start, end)


def _plain(character: str) -> str:
    # Twice, since folding case can compose an accented letter again.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())


_Spellings = dict[tuple[str, ...], frozenset[str]]


def _spellings() -> _Spellings:
    return {
        tuple(spelling.split()): concepts
        for spellings, concepts in (
            (_JOINTS.split(), frozenset({"joint"})),
            (_PLAIN.split(), frozenset({"plain"})),
            (_ASIDE.split("|"), frozenset({"aside"})),
            *(([job], frozenset({"other-job", job})) for job in _OTHER_JOBS.split()),
            *(([each], frozenset({"other-trade", each})) for each in _OTHER_TRADES.split("|")),
            *(
                (spellings.split("|"), frozenset(key.split()))
                for key, spellings in (_FIELDS | _JOBS).items()
            ),
        )
        for spelling in spellings
    }


_SPELLED = _spellings()
_LONGEST = max(map(len, _SPELLED))
_VOCABULARY = {word for spelling in _SPELLED for word in spelling}
_ENDINGS = ("innen", "in", "s", "e")
SHORTEST_MISSPELLED = 5  # letters: of shorter words, too many are one letter apart
SHORTEST_PLURAL = 3  # letters, but for it: an “s” ends other words too
# Of fields and jobs alone: “sensor” is no misspelled “senior”, and “context” no “content”.
_OF_FIELDS_AND_JOBS = {
    word
    for spellings in (*_FIELDS.values(), *_JOBS.values())
    for word in re.split(r"[| ]", spellings)
}
# One letter apart from a field or a job, and right.
_NO_MISTAKE = frozenset({"waiter", "directory", "modeler", "producer"})
# What a word is, and not what it means: two other trades have nothing to do with one another.
_SORTS_OF_WORDS = frozenset({"joint", "plain", "aside", "other-trade", "other-job"})


def _stem(word: str) -> str:
    """A word without the ending that keeps it from being known: Entwicklerin, engineers."""
    if word in _VOCABULARY:
        return word
    stems = (word.removesuffix(ending) for ending in _ENDINGS)
    return next((stem for stem in stems if stem in _VOCABULARY and len(stem) > 2), word)


class Words(frozenset[str]):
    """Folded words that are right as they are, among which a misspelled one is looked for."""

    @cached_property
    def in_order(self) -> list[str]:
        return sorted(self)

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        """The first letter and the number of letters → the words that have these."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self:
            if len(word) >= SHORTEST_MISSPELLED:
                found.setdefault((word[0], len(word)), []).append(word)
        return found

    def any_begins(self, begin: str) -> bool:
        at = bisect_left(self.in_order, begin)
        return at < len(self.in_order) and self.in_order[at].startswith(begin)

    def one_off(self, word: str) -> Iterator[str]:
        """Those that are as long as a misspelled word may be, and a letter away from it."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            for each in self._alike.get((word[0], length), ()):
                if _is_one_off(word, each):
                    yield each


def as_words(own: Iterable[str]) -> Words:
    return own if isinstance(own, Words) else Words(own)


_KNOWN = Words(_VOCABULARY)
_MISSPELLED = Words(word for word in _OF_FIELDS_AND_JOBS if len(word) >= SHORTEST_MISSPELLED)
_NONE = Words()


def _spelled(word: str, own: Words = _NONE) -> str:
    """A word as it is spelled, if it is one letter off: left out, doubled, wrong or misplaced.

    own: words that are right as well, whatever they look like.
    """
    if len(word) < SHORTEST_MISSPELLED or word in _VOCABULARY or word in _NO_MISTAKE or word in own:
        return word
    if _KNOWN.any_begins(word) or own.any_begins(word):
        return word  # somebody is still typing it
    near = [*_MISSPELLED.one_off(word), *own.one_off(word)]
    return next(iter(get_close_matches(word, near, n=1, cutoff=0)), word)


def _is_one_off(one: str, other: str) -> bool:
    """Whether a letter is left out, put in, wrong, or changed places with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    misplaced = a[:2] == b[1::-1] and a[2:] == b[2:]
    return misplaced or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _divided(words: Iterable[Word], own: Collection[str] = ()) -> Iterator[Word]:
    """Words, those of a field and a job that are run together divided: dataengineer, #AIEngineer.

    own: words that are right as they are.
    """
    for word in words:
        cut = 0 if _stem(word.folded) in _VOCABULARY or word.folded in own else _cut(word)
        if cut:
            yield Word(word.folded[:cut], word.start, word.start + cut)
            yield Word(word.folded[cut:], word.start + cut, word.end)
        else:
            yield word


def _cut(word: Word) -> int:
    """Where a word falls into two that are known, or 0."""
    folded = word.folded
    if word.end - word.start != len(folded):  # with letters that were folded into others
        return 0
    places = range(2, len(folded) - SHORTEST_MISSPELLED + 1)
    return next(
        (
            at
            for at in places
            # German joins the two with an “s”: Bildverarbeitungsingenieur.
            if {_stem(folded[:at]), _stem(folded[at:])} <= _OF_FIELDS_AND_JOBS
        ),
        0,
    )


def read_title(text: str, own: Collection[str] = ()) -> Reading:
    """A job title as concepts, without the words that say nothing of the job.

    own: folded words that are right as well, whatever they look like: those of a catalog's names.
    """
    own = as_words(own)
    marks = [match.span("mark") for match in _MARKS.finditer(text)]
    words = list(_divided(words_in(without_gender(text)), own))
    stems = [_stem(word.folded) for word in words]
    spelled = [_spelled(stem, own) for stem in stems]
    phrases = list(_phrases(text, words, spelled))
    aside = [(each.start, each.end) for each in phrases if "aside" in each.concepts]
    corrected = [
        (word.start, word.end, right)
        for word, stem, right in zip(words, stems, spelled, strict=True)
        if right != stem
    ]
    telling = tuple(_telling(phrases))
    return Reading(text, telling, tuple(sorted(marks + aside)), tuple(corrected))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a search, or words with one meaning: folded, and what they mean.

    corrected: misspelled words, as typed, each with the word that it was read as.
    """

    words: tuple[str, ...]
    concepts: frozenset[str]
    corrected: tuple[tuple[str, str], ...] = ()


def read_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """What a search asks for, word by word, in the words of titles and of a catalog.

    own: the folded words of what is searched. Little words and what says nothing of the job (of,
    senior, Berlin) ask for nothing, unless there is nothing else.
    """
    return _telling_words(text, own, {"joint", "aside", "plain"})


def read_text_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """read_search() where it isn't about jobs alone: only little words ask for nothing."""
    return _telling_words(text, own, {"joint"})


def _telling_words(text: str, own: Collection[str], silent: set[str]) -> tuple[Wanted, ...]:
    own = as_words(own)
    words = list(_divided(words_in(text), own))
    stems = [_of_one(_stem(word.folded), own) for word in words]
    spelled = [_spelled(stem, own) for stem in stems]
    wanted, telling = [], []
    for phrase in _phrases(text, words, spelled):
        said = [
            (text[word.start : word.end], stem, right)
            for word, stem, right in zip(words, stems, spelled, strict=True)
            if phrase.start <= word.start < phrase.end
        ]
        each = Wanted(
            tuple(right for _, _, right in said),
            phrase.concepts - _SORTS_OF_WORDS if phrase.known else frozenset(),
            tuple((typed, right) for typed, stem, right in said if right != stem),
        )
        wanted.append(each)
        if not phrase.concepts & silent:
            telling.append(each)
    return tuple(telling or wanted)


def spellings_of(concepts: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Every spelling, as folded words, that means just these concepts."""
    return (spelling for spelling, meant in _SPELLED.items() if concepts and meant == concepts)


def concepts_of_words(words: Sequence[str]) -> frozenset[str]:
    """Everything that a row of folded words mentions, in the words of titles."""
    stems = [Word(_stem(word), 0, 0) for word in words]
    found: set[str] = set()
    at = 0
    while at < len(stems):
        length, concepts = _longest_known(stems[at : at + _LONGEST])
        found |= concepts
        at += length
    return frozenset(found)


def _phrases(text: str, read: Iterable[Word], as_words: Iterable[str]) -> Iterator[Token]:
    """The longest known spellings in a row of words. as_words: what each is read as."""
    words = [Word(right, word.start, word.end) for word, right in zip(read, as_words, strict=True)]
    part = end = 0
    while words:
        length, concepts = _longest_known(words[:_LONGEST])
        start = words[0].start
        part += bool(_DIVIDES.search(text[end:start]))
        end = words[length - 1].end
        own = frozenset({f"“{singular(words[0].folded)}”"})
        yield Token(concepts or own, bool(concepts), start, end, part)
        words = words[length:]


def singular(word: str) -> str:
    """A word that isn't known as it stands in the name of one person’s job: carpenters, carpenter.

    It is compared and never shown, so that a word which is no plural may lose its s as well.
    """
    return word.removesuffix("s") if len(word) > SHORTEST_PLURAL else word


def _of_one(word: str, own: Words) -> str:
    """A word without its plural's s, if a text has it only so: cameras, camera."""
    one = singular(word)
    return one if one in own and word not in own and word not in _VOCABULARY else word


def _longest_known(words: Sequence[Word]) -> tuple[int, frozenset[str]]:
    """How many of the words make up the longest known spelling, and what it means."""
    for length in range(len(words), 0, -1):
        spelling = tuple(word.folded for word in words[:length])
        if spelling in _SPELLED:
            return length, _SPELLED[spelling]
    number = words[0].folded
    if number.isdigit():
        return 1, frozenset({"aside" if _YEAR.fullmatch(number) else "joint"})
    return 1, frozenset()


def _telling(phrases: Iterable[Token]) -> Iterator[Token]:
    """The tokens that tell of the job: no joints, and nothing that is set aside.

    A plain word becomes part of the next one: “Software” of “Engineer”.
    """
    plain: Token | None = None
    for phrase in phrases:
        if plain and plain.part != phrase.part:
            plain = None
        if "plain" in phrase.concepts:
            plain = plain or phrase
        elif not phrase.concepts & {"joint", "aside"}:
            yield replace(phrase, start=plain.start) if plain else phrase
            plain = None


def without_gender(text: str) -> str:
    """A title with spaces for what says which gender it is for, and so with no slash in it."""
    return _blank(_ENDINGS_OF_GENDER, _blank(_MARKS, text))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces for what matches, so that all else stays in its place."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def concepts_of(tokens: Iterable[Token]) -> frozenset[str]:
    """Everything that some tokens mean, together."""
    return frozenset(concept for token in tokens for concept in token.concepts)
