"""One application from the first form to the decision, with the content of this project."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.deciding.case import Actor
from engine.core.deciding.step import Step
from engine.core.language.facts import Value
from tests.usecases.workplace import Office, day

WHO: dict[str, Value] = {
    "leerling.nummer": "900000001",
    "leerling.naam": "Sam Voorbeeld",
    "sector": "vo",
    "tlv.soort": "vso",
}
FORM: dict[str, Value] = {
    "aanvrager.hoedanigheid": "gemandateerd",
    "bevoegd_gezag": "42620",
    "school.brin": "01FP00",
    "school.contact": "Postbus 1 te Almere",
    "ouders.naam": "J. en M. Voorbeeld",
    "ouders.adres": "Voorbeeldstraat 1 te Almere",
    "leerling.situatie": "ingeschreven",
    "huidige_school.soort": "vo",
    "school_hoort_bij_swv": True,
    "plaats.cluster": "cluster_3_4",
    "residentieel": False,
    "ouders.standpunt": "eens",
    "aanvraag.doelen": "Rustig leren werken in een kleine groep",
    "aanvraag.looptijd": 1,
    "stukken": ("aanvraagformulier", "inspanningen", "zienswijze_ouders"),
}
COMPLETE: dict[str, Value] = {"stukken": ("aanvraagformulier", "inspanningen", "tlo_verslag", "zienswijze_ouders")}
EXPERTS: dict[str, Value] = {
    "betrokken_deskundigen": ("T. Visser",),
    "deskundige_1.persoon": "A. de Boer",
    "deskundige_1.discipline": "orthopedagoog",
    "deskundige_1.adres": "Dorpsweg 2 te Almere",
    "deskundige_2.persoon": "S. Yildiz",
    "deskundige_2.discipline": "maatschappelijk_werker",
    "deskundige_2.adres": "Kade 3 te Lelystad",
}
DECISION: dict[str, Value] = {
    "leerling.emb": False,
    "tlv.categorie": "categorie_1",
    "tlv.looptijd": 1,
    "ondersteuningsbehoefte": "Een kleine groep en een vaste leraar",
    "besluit.motivering": "Extra hulp op de eigen school was niet genoeg",
    "besluit.samenvatting_adviezen": "Beide deskundigen vinden een kleine groep nodig",
    "besluit.beslisser": "R. Bakker",
}
APPLICANT, ADMISSION, LEADER = Actor(role="aanvrager"), Actor(role="toeleiding"), Actor(role="teamleider_toeleiding")


def advice(number: int, on: str) -> dict[str, Value]:
    """The advice of one expert, in order."""
    expert = f"deskundige_{number}"
    return {
        f"advies_{number}.op": day(on),
        f"advies_{number}.ondertekend": True,
        f"advies_{number}.eigen_stuk": True,
        f"advies_{number}.inhoud": (
            "voor_deze_aanvraag",
            "toetst_criteria",
            "waarom_geen_arrangement",
            "recent_onderzoek",
        ),
        f"{expert}.in_dienst_bij_aanvrager": False,
        f"{expert}.betrokken_bij_begeleiding": False,
        f"{expert}.betrokken_bij_aanvraag": False,
    }


def done(outcome: object) -> Step:
    """The step; a refusal fails with its reasons."""
    assert isinstance(outcome, Step), outcome
    return outcome


def apply_for(office: Office, **other: Value) -> str:
    """An application that was handed in today, incomplete; for this pupil, or for one of whom `other` is said."""
    case_id = office.open("tlv", {**WHO, **other}, APPLICANT, entry="aanvraag")
    done(office.act(case_id, "indienen", APPLICANT, FORM))
    return case_id


def bring_to_decision(office: Office, case_id: str, days: Mapping[str, str]) -> None:
    """Completed, advised and put up for decision, on these days."""
    office.pass_time(days["asked"])
    done(office.act(case_id, "aanvulling_vragen", ADMISSION))
    office.pass_time(days["completed"])
    done(office.act(case_id, "aanvulling_ontvangen", APPLICANT, COMPLETE))
    done(office.act(case_id, "deskundigen_toewijzen", ADMISSION, EXPERTS))
    office.pass_time(days["advised"])
    for number in (1, 2):
        expert = Actor(role=f"deskundige_{number}")
        done(office.act(case_id, "advies_vastleggen", expert, advice(number, days["advised"])))
    sent: dict[str, Value] = {"advies_gestuurd_aan_ouders_op": day(days["advised"])}
    done(office.act(case_id, "adviezen_compleet", ADMISSION, sent))
    done(office.act(case_id, "besluitrijp_maken", ADMISSION, {"voornemen": "toekennen"}))
