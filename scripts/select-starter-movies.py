#!/usr/bin/env python3
"""Selects the movies that a new Reelmark knows, out of the CC0 film facts in bokeh_sampledata.

    pip download --no-deps bokeh_sampledata==2026.1 -d /tmp/bokeh
    unzip -d /tmp/bokeh /tmp/bokeh/*.whl
    scripts/select-starter-movies.py /tmp/bokeh/bokeh_sampledata/_data/movies.db \\
        crates/files/data/starter-movies-cc0.csv

The same database always gives the same file. Dirt is cleaned here, so that the program that reads
the file can insist on every row. Where the facts come from stands in crates/files/data/README.md.
"""

import csv
import html
import math
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from pathlib import Path

# How many movies each decade gets, and how many of its best known from outside the
# English-speaking world are among them in any case. The database ends in 2014, so its last decade
# is half a decade.
QUOTAS = {
    1940: (80, 16),
    1950: (105, 26),
    1960: (130, 32),
    1970: (170, 34),
    1980: (220, 36),
    1990: (270, 40),
    2000: (325, 40),
    2010: (200, 30),
}

# How many of the best known of each language get a place before any decade is filled: otherwise
# French alone would take most of the places.
PER_LANGUAGE = {
    **dict.fromkeys(["Japanese", "French", "Italian", "Spanish", "German"], 25),
    **dict.fromkeys(["Cantonese", "Hindi", "Korean", "Mandarin", "Russian", "Swedish"], 14),
    **dict.fromkeys(["Arabic", "Danish", "Persian", "Polish", "Portuguese"], 8),
    **dict.fromkeys(["Bengali", "Czech", "Dutch", "Finnish", "Greek", "Hebrew", "Hungarian"], 3),
    **dict.fromkeys(["Norwegian", "Romanian", "Serbian", "Thai", "Turkish", "Vietnamese"], 3),
}

ENGLISH_SPEAKING = {
    "United States", "United Kingdom", "Canada", "Australia", "Ireland", "New Zealand"
}

WELL_KNOWN = Path(__file__).with_name("starter-movies-well-known.txt")

# Serials, made for television or in several parts, that the database counts as films.
TELEVISION = {"tt0246135", "tt0346336"}
# Made for adults alone.
ADULT = {"tt0071464", "tt0071502", "tt0073115", "tt0080491"}
# IMDb gave out its ids in the order of the years once, which is how this one was found.
RIGHT_YEARS = {"tt0097937": 1989}

OTHER_NAMES = {
    "artistic language": "",
    "American English": "English",
    "Australian English": "English",
    "British English": "English",
    "Bangla": "Bengali",
    "British Hong Kong": "Hong Kong",
    "Egyptian Arabic": "Arabic",
    "Modern Greek": "Greek",
    "People's Republic of China": "China",
    "Putonghua": "Mandarin",
    "Quebec French": "French",
    "Standard Chinese": "Mandarin",
    "Standard Taiwanese Mandarin": "Mandarin",
    "Yue Chinese": "Cantonese",
}

# ISO 639-1, or 639-3 where that has no code. What is made up, as Klingon, has none here.
LANGUAGE_CODES = {
    "Arabic": "ar", "Aramaic": "arc", "Bengali": "bn", "Cantonese": "yue", "Catalan": "ca",
    "Chinese": "zh", "Czech": "cs", "Danish": "da", "Dutch": "nl", "English": "en",
    "Finnish": "fi", "French": "fr", "German": "de", "Greek": "el", "Hebrew": "he", "Hindi": "hi",
    "Hungarian": "hu", "Indonesian": "id", "Italian": "it", "Japanese": "ja", "Korean": "ko",
    "Mandarin": "zh", "Mongolian": "mn", "Norwegian": "no", "Persian": "fa", "Polish": "pl",
    "Portuguese": "pt", "Romani": "rom", "Romanian": "ro", "Russian": "ru", "Serbian": "sr",
    "Serbo-Croatian": "sh", "Slovak": "sk", "Spanish": "es", "Swedish": "sv",
    "Taiwanese Hokkien": "nan", "Thai": "th", "Tibetan": "bo", "Turkish": "tr",
    "Vietnamese": "vi", "Yucatec Maya": "yua",
}

# ISO 3166-1. A state that is gone has a code only where one of today is the same state under
# another name: whose films the Soviet ones are is for nobody here to say.
COUNTRY_CODES = {
    "Algeria": "DZ", "Argentina": "AR", "Australia": "AU", "Austria": "AT", "Belgium": "BE",
    "Bosnia and Herzegovina": "BA", "Botswana": "BW", "Brazil": "BR", "Bulgaria": "BG",
    "Canada": "CA", "Chile": "CL", "China": "CN", "Cuba": "CU", "Czech Republic": "CZ",
    "Denmark": "DK", "Ecuador": "EC", "Egypt": "EG", "Finland": "FI", "France": "FR",
    "Germany": "DE", "Greece": "GR", "Hong Kong": "HK", "Hungary": "HU", "Iceland": "IS",
    "India": "IN", "Indonesia": "ID", "Iran": "IR", "Ireland": "IE", "Israel": "IL",
    "Italy": "IT", "Jamaica": "JM", "Japan": "JP", "Jordan": "JO", "Kazakhstan": "KZ",
    "Kingdom of Italy": "IT", "Lebanon": "LB", "Malta": "MT", "Mexico": "MX",
    "Netherlands": "NL", "New Zealand": "NZ", "Norway": "NO",
    "Occupied Palestinian territory": "PS", "Palestine": "PS", "Peru": "PE",
    "Philippines": "PH", "Poland": "PL", "Romania": "RO", "Russia": "RU", "Saudi Arabia": "SA",
    "Singapore": "SG", "South Africa": "ZA", "South Korea": "KR", "Spain": "ES", "Sweden": "SE",
    "Switzerland": "CH", "Taiwan": "TW", "Thailand": "TH", "The Bahamas": "BS", "Turkey": "TR",
    "United Arab Emirates": "AE", "United Kingdom": "GB", "United States": "US",
    "Vietnam": "VN", "West Germany": "DE",
    **dict.fromkeys(["Soviet Union", "Czechoslovakia", "Republic of China", "Yugoslavia"]),
    **dict.fromkeys(["Socialist Federal Republic of Yugoslavia", "Federal Republic of Yugoslavia"]),
}

# Which languages are spoken at home, where films speak several. The database sorts languages by
# their names, so that the first of them says nothing.
HOME_LANGUAGES = {
    **dict.fromkeys(["United States", "United Kingdom", "Australia"], {"English"}),
    "Algeria": {"Arabic"}, "Austria": {"German"}, "Belgium": {"Dutch", "French"},
    "Brazil": {"Portuguese"}, "Canada": {"English", "French"}, "China": {"Mandarin", "Chinese"},
    "Cuba": {"Spanish"}, "Czech Republic": {"Czech"}, "Czechoslovakia": {"Czech", "Slovak"},
    "Denmark": {"Danish"}, "France": {"French"}, "Germany": {"German"},
    "Hong Kong": {"Cantonese", "Chinese"}, "Hungary": {"Hungarian"}, "India": {"Hindi"},
    "Iran": {"Persian"}, "Italy": {"Italian"}, "Japan": {"Japanese"}, "Lebanon": {"Arabic"},
    "Mexico": {"Spanish"}, "Netherlands": {"Dutch"}, "Norway": {"Norwegian"}, "Peru": {"Spanish"},
    "Poland": {"Polish"}, "Russia": {"Russian"}, "South Africa": {"English"},
    "South Korea": {"Korean"}, "Soviet Union": {"Russian"}, "Spain": {"Spanish"},
    "Sweden": {"Swedish"}, "Switzerland": {"French", "German"}, "Taiwan": {"Mandarin"},
    "Thailand": {"Thai"}, "Turkey": {"Turkish"}, "West Germany": {"German"},
}

# Where that says nothing, or the wrong thing: films that were made abroad or in two languages.
RIGHT_LANGUAGES = {
    **dict.fromkeys(["tt0068646", "tt0069995", "tt0073580", "tt0080388", "tt0083946"], "English"),
    **dict.fromkeys(["tt0087884", "tt0088011", "tt0089424", "tt0091605", "tt0253474"], "English"),
    **dict.fromkeys(["tt0335266", "tt0361748", "tt0455590", "tt0497465", "tt0831387"], "English"),
    **dict.fromkeys(["tt1527186", "tt1649419", "tt1706620", "tt2452254"], "English"),
    **dict.fromkeys(["tt0057345", "tt0060675", "tt0068361", "tt0075824", "tt0092593"], "French"),
    **dict.fromkeys(["tt0101765", "tt1255953", "tt2404461"], "French"),
    **dict.fromkeys(["tt0093191", "tt0155722", "tt0347048", "tt0880502"], "German"),
    **dict.fromkeys(["tt0057091", "tt0058461", "tt0064116"], "Italian"),
    "tt0058604": "Spanish", "tt0082736": "Hungarian", "tt0089603": "Japanese", "tt0093713": "Danish",
    "tt0096163": "Dutch", "tt0097223": "Romani", "tt0107156": "Mandarin",
    "tt0111507": "Polish", "tt0111579": "Russian", "tt0210727": "Tibetan",
    "tt0335345": "Aramaic", "tt0416044": "Mongolian", "tt0113326": "Cantonese",
    "tt0096908": "Taiwanese Hokkien", "tt0825236": "Arabic", "tt2350496": "Hindi",
}

COLUMNS = "imdb_id title year runtime_min genres directors original_language countries".split()

QUERY = """
    SELECT imdbID, Title, Year, Runtime, Genre, Director, Language, Country,
           coalesce(Reviews, 0) AS reviews, coalesce(BoxOffice, 0) AS box_office,
           coalesce(Oscars, 0) AS oscars, coalesce(tomatoes.Meter, 50) AS meter
    FROM omdb JOIN tomatoes USING (ID)
    ORDER BY imdbID, Year, ID
"""


def clean(text):
    """One line in NFC, without HTML entities and doubled blanks."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(text or "")).split())


def folded(text):
    """What two spellings of one name share."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"\W+", " ", plain).split())


def items(text, most):
    """The distinct items of a list that the database joins with commas."""
    # "George Tillman, Jr." is one person.
    joined = re.sub(r", (Jr|Sr)\b\.?", r" \1.", clean(text))
    distinct = {}
    for item in joined.split(", "):
        item = OTHER_NAMES.get(item, item).removesuffix(" language").replace("|", " ").strip()
        if item:
            distinct.setdefault(folded(item), item)
    return list(distinct.values())[:most]


def languages(text):
    spoken = items(text, 20)
    is_precise = {"Mandarin", "Cantonese"} & set(spoken)
    return [name for name in spoken if name != "Chinese" or not is_precise]


def movie(row):
    """One row of the database in the shape of the file, with what the selection looks at."""
    minutes = row["Runtime"]
    return {
        "imdb_id": row["imdbID"],
        "title": clean(row["Title"]),
        "year": RIGHT_YEARS.get(row["imdbID"], row["Year"]),
        "runtime_min": round(minutes) if minutes and 1 <= minutes <= 900 else "",
        "genres": items(row["Genre"], 20),
        "directors": items(row["Director"], 50),
        "languages": languages(row["Language"]),
        "countries": items(row["Country"], 20),
        "fame": fame(row),
    }


def fame(row):
    """How likely people are to look for it: critics write about what is talked about, tickets say
    what was seen, and awards and praise what is remembered."""
    talked_about = math.log1p(row["reviews"])
    seen = math.log10(max(row["box_office"], 1e5)) - 5
    return talked_about + 0.3 * seen + 0.3 * min(row["oscars"], 4) + row["meter"] / 50


def original_language(found):
    """The code of the one language, or of the one that is spoken where the film comes from."""
    spoken = found["languages"]
    if found["imdb_id"] in RIGHT_LANGUAGES:
        spoken = [RIGHT_LANGUAGES[found["imdb_id"]]]
    if len(spoken) > 1:
        home = set().union(*(HOME_LANGUAGES.get(name, set()) for name in found["countries"]))
        spoken = [name for name in spoken if name in home]
    return LANGUAGE_CODES[spoken[0]] if len(spoken) == 1 else ""


def country_codes(found):
    codes = (COUNTRY_CODES[name] for name in found["countries"])
    return list(dict.fromkeys(filter(None, codes)))


def is_wanted(candidate):
    # Ids with eight digits came long after the last year of the database: such a row mixes up two
    # films of one title.
    return (
        re.fullmatch(r"tt\d{7}", candidate["imdb_id"])
        and candidate["imdb_id"] not in TELEVISION | ADULT
        and 1 <= len(candidate["title"]) <= 200
        and 1870 <= candidate["year"] <= 2014
        and candidate["runtime_min"] != ""
        and candidate["runtime_min"] >= 60
        and candidate["directors"]
    )


def is_foreign(candidate):
    """Seen from the English-speaking world."""
    spoken = candidate["languages"]
    at_home = ENGLISH_SPEAKING & set(candidate["countries"])
    return bool(spoken) and ("English" not in spoken or not at_home)


def candidates(database):
    """The usable movies, best known first, no two of the same id or the same title and year."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    usable = [found for found in map(movie, connection.execute(QUERY)) if is_wanted(found)]
    usable.sort(key=lambda found: (-found["fame"], found["imdb_id"], found["year"]))
    ids, titles, distinct = set(), set(), []
    for found in usable:
        name = (folded(found["title"]), found["year"])
        if found["imdb_id"] not in ids and name not in titles:
            ids.add(found["imdb_id"])
            titles.add(name)
            distinct.append(found)
    return distinct


def selection(movies):
    chosen = {}
    foreign = [found for found in movies if is_foreign(found)]
    fill(chosen, well_known(movies))
    for language, count in PER_LANGUAGE.items():
        fill(chosen, [found for found in foreign if found["languages"] == [language]][:count])
    for decade, (total, least_foreign) in QUOTAS.items():
        fill(chosen, [found for found in foreign if decade_of(found) == decade][:least_foreign])
        already = sum(decade_of(found) == decade for found in chosen.values())
        others = [f for f in movies if decade_of(f) == decade and f["imdb_id"] not in chosen]
        fill(chosen, others[: max(total - already, 0)])
    return sorted(chosen.values(), key=lambda found: found["imdb_id"])


def well_known(movies):
    by_name = {f"{found['title']} ({found['year']})": found for found in movies}
    lines = WELL_KNOWN.read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    if unknown := [name for name in names if name not in by_name]:
        sys.exit(f"{WELL_KNOWN} names what the database doesn't: {unknown}")
    return [by_name[name] for name in names]


def decade_of(found):
    return found["year"] // 10 * 10


def fill(chosen, movies):
    chosen.update((found["imdb_id"], found) for found in movies)


def write(movies, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, extrasaction="ignore", lineterminator="\n")
        rows.writeheader()
        for found in movies:
            codes = {"countries": country_codes(found)}
            found = {**found, "original_language": original_language(found), **codes}
            rows.writerow({k: "|".join(v) if isinstance(v, list) else v for k, v in found.items()})


def report(movies):
    decades = Counter(map(decade_of, movies))
    foreign = [f["languages"] for f in movies if f["languages"] and "English" not in f["languages"]]
    first = Counter(spoken[0] for spoken in foreign)
    print(f"{len(movies)} movies, {len(foreign)} of them without English, {len(first)} languages")
    print(", ".join(f"{decade}s: {count}" for decade, count in sorted(decades.items())))
    print(", ".join(f"{language} {count}" for language, count in first.most_common()))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    movies = selection(candidates(sys.argv[1]))
    write(movies, sys.argv[2])
    report(movies)


if __name__ == "__main__":
    main()
