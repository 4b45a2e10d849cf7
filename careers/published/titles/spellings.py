"""How job titles spell fields, jobs and other words, in four languages. Pure.

For three more, Italian, Portuguese and Dutch, it has the words of plain titles of AI jobs.
"""

import re
from collections.abc import Iterator, Mapping

# Concept → its spellings in titles, folded (no capitals, accents or punctuation), divided by "|".
# A key of two concepts is for words that mean both. Plurals in -s and feminine forms in -in and -e
# needn't be listed. A longer spelling wins over a shorter one.

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
    # “Agent” alone may be one for houses or insurance.
    "agent": "agentic|agentique|ai agent|ki agent|ia agent|llm agent|agent ia|agente ia"
    "|agente de ia|agentes de ia|multi agent|ai assistant",
    "chatbot": "chatbot|conversational|voicebot",
    # “Alignment” alone may be of wheels: see _OTHER_TRADES.
    "ai research": "alignment research|alignment researcher|alignment science|alignment scientist"
    "|interpretability research|interpretability researcher",
    "ml": "ml|m l|tinyml|machine learning|mach learning|maschinelles lernen|maschinellem lernen"
    "|apprentissage automatique|apprentissage machine|aprendizaje automatico"
    "|aprendizaje de maquina|aprendizaje maquina|apprendimento automatico|aprendizado de maquina"
    "|aprendizagem automatica",
    # Models on a device are trained and compressed there, rather than called over a network.
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
    # May be eyesight, a résumé, or cameras: both need an AI word or an engineer beside them.
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
    "|entwicklungsingenieur|informatiker|fachinformatiker|informaticien|informaticienne"
    "|ingegnere|ingegneria|sviluppatore|sviluppatrice|engenheiro|engenheira"
    "|engenharia|desenvolvedor|desenvolvedora|ontwikkelaar|softwareontwikkelaar"
    "|developpeur|developpeuse|ingenierie|ingeniero|ingeniera|ingenieria|desarrollador"
    "|desarrolladora|programador|programadora|softwareentwicklung",
    "data engineer": "dateningenieur|datenentwickler",
    "ml engineer": "mle",
    # Alone, inference may be statistical, tuning of engines, and training of people.
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
    "|investigador|investigadora|investigacion|ricercatore|ricercatrice|ricerca|pesquisador"
    "|pesquisadora|pesquisa"
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
# Little words that join others.
_JOINTS = (
    "of for in with and the at to on a an as or fur fuer mit und im der die das de du des d l la le"
    " les en et pour au aux y el los las del con para s oder ou di dei dell della e em da do"
    " van voor bereich schwerpunkt"
)
# These change nothing: an engineer is one with or without "software".
_PLAIN = "software application technical enterprise system logiciel logicielle it focus focused"
# Jobs that none of our roles does, in any field.
_OTHER_JOBS = (
    "recruiter recruiting recruitment headhunter technician techniker technicien tecnico nurse"
    " teacher trainer tutor professor profesor profesora lecturer instructor lehrer formateur"
    " coach operator clerk guard officer counsel lawyer attorney executive representative ethicist"
    " evangelist advocate strategist editor journalist annotator annotation labeler labeling"
    " coordinator administrator trader accountant auditor copywriter artist animator partner buyer"
    " driver physician doctor therapist marketer translator influencer commercial redacteur"
    " juriste kaufmann verkaufer vertriebler ethics ethik"
)
# Beside a job, these make it a job in another trade: a mechanical engineer, a sales manager.
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
# Level, place, time and contract: they say nothing about the job itself.
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
    # gender marks without slashes
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
# Languages, clouds and databases that are used in every job: beside a field or a job they change
# nothing. A library of one field, such as PyTorch, isn't among them.
_TOOLS = (
    "python|java|javascript|typescript|scala|rust|golang|kotlin|cplusplus|csharp|dotnet|matlab"
    "|sql|nosql|postgresql|mysql|mongodb|linux|git|aws|amazon web services|azure|microsoft azure"
    "|gcp|google cloud|google cloud platform"
)


def _spelled() -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    for spellings, concepts in (
        (_JOINTS.split(), frozenset({"joint"})),
        (_PLAIN.split(), frozenset({"plain"})),
        (_ASIDE.split("|"), frozenset({"aside"})),
        (_TOOLS.split("|"), frozenset({"tool"})),
        *(([job], frozenset({"other-job", job})) for job in _OTHER_JOBS.split()),
        *(([each], frozenset({"other-trade", each})) for each in _OTHER_TRADES.split("|")),
        *(
            (spellings.split("|"), frozenset(key.split()))
            for key, spellings in (_FIELDS | _JOBS).items()
        ),
    ):
        for spelling in spellings:
            yield tuple(spelling.split()), concepts


# Folded words → the concepts that they mean together.
SPELLED: Mapping[tuple[str, ...], frozenset[str]] = dict(_spelled())
# All words in the spellings of fields and jobs.
OF_FIELDS_AND_JOBS = frozenset(
    word
    for spellings in (*_FIELDS.values(), *_JOBS.values())
    for word in re.split(r"[| ]", spellings)
)
