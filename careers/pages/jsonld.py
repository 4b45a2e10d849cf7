"""What pages tell search engines: schema.org values, as plain dicts for JSON-LD."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from careers.published.catalog import Band, Role
from paths.models import LearningPath, Lesson

PUBLISHER = {"@type": "Organization", "name": "AI Careers"}
type LinkedData = dict[str, Any]
type Trail = list[tuple[str, str]]


def graph(*nodes: LinkedData) -> LinkedData:
    """Several nodes as one JSON-LD document."""
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def breadcrumbs(site: str, trail: Trail) -> LinkedData:
    """The way to a page. trail: (title, address) from the top down. site: scheme and host."""
    items = [
        {"@type": "ListItem", "position": place, "name": title, "item": f"{site}{url}"}
        for place, (title, url) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def occupation(site: str, role: Role) -> LinkedData:
    """A role with its bands as estimated salaries, gross a year."""
    return {
        "@type": "Occupation",
        "name": role.title,
        "description": role.summary,
        "url": f"{site}{role.url}",
        "responsibilities": list(role.daily_work),
        "estimatedSalary": [_salary(band) for band in role.bands],
    }


def _salary(band: Band) -> LinkedData:
    return {
        "@type": "MonetaryAmount",
        "name": f"{band.measures}, {band.region}, {band.period}",
        "currency": band.currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": band.low,
            "maxValue": band.high,
            "unitText": "YEAR",
        },
    }


def course(site: str, path: LearningPath, lessons: Iterable[Lesson]) -> LinkedData:
    """A path that :meth:`LearningPathQuerySet.with_hours` loaded, with its published lessons."""
    return {
        "@type": "Course",
        "name": path.title,
        "description": path.summary,
        "url": f"{site}{path.get_absolute_url()}",
        "provider": PUBLISHER,
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "EUR"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": duration(path.minutes_planned),
        },
        "hasPart": [
            {
                "@type": "LearningResource",
                "name": lesson.title,
                "url": f"{site}{reverse('lesson', args=[path.slug, lesson.slug])}",
            }
            for lesson in lessons
            if lesson.is_published
        ],
    }


def learning_resource(site: str, lesson: Lesson) -> LinkedData:
    """A lesson."""
    return {
        "@type": "LearningResource",
        "name": lesson.title,
        "description": lesson.summary,
        "url": f"{site}{lesson.get_absolute_url()}",
        "learningResourceType": "Lesson",
        "timeRequired": duration(lesson.total_minutes),
        "teaches": list(lesson.objectives),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "isPartOf": {
            "@type": "Course",
            "name": lesson.path.title,
            "description": lesson.path.summary,
            "url": f"{site}{lesson.path.get_absolute_url()}",
            "provider": PUBLISHER,
        },
    }


def duration(minutes: int) -> str:
    """Minutes as an ISO 8601 duration: 540 is "PT9H", 38 is "PT38M"."""
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
