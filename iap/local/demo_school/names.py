"""Invented names, dealt out in a fixed order."""

from collections.abc import Iterator
from random import Random


def _words(*lines: str) -> list[str]:
    return " ".join(lines).split()


GIVEN = {
    "F": _words(
        "Aaliyah Amara Anya Beatrix Bethany Carys Chloe Daisy Demi Eilidh Elif Esme Faye Freya Grace",
        "Halima Hana Imogen Isla Jasmine Kezia Kira Leila Lola Maryam Mina Nadia Niamh Orla Petra",
        "Priya Rhian Rosa Ruby Saffron Seren Tamsin Thea Willow Yasmin Zara Zofia",
    ),
    "M": _words(
        "Adeel Alfie Archie Ayo Bilal Caleb Cillian Conor Dafydd Dexter Dylan Eesa Elliot Emre Finn",
        "George Harley Ibrahim Idris Jakub Jay Jonah Kian Kofi Leon Lewis Luca Mateo Musa Nikhil",
        "Oscar Owen Rafi Reuben Rhys Rowan Samir Seth Tariq Toby Tyrese Zac",
    ),
}
FAMILY = _words(
    "Abara Achebe Ashworth Ayling Bancroft Barrow Begum Birch Bowden Brierley Calder Chaudhry",
    "Clegg Coker Crossley Dewhurst Doyle Eastham Ekwueme Fairhurst Farooq Fenwick Garside Gill",
    "Goddard Greaves Hallam Hargreaves Holt Hussain Iqbal Ingham Jagger Jolly Kapoor Kaya Kershaw",
    "Kowalski Lister Lomax Malik Marsden Mbeki Naylor Nowak Ogden Okoro Pickles Popescu Quarmby",
    "Rahman Ramsden Rushworth Sandhu Schofield Shaw Sokolov Sutcliffe Tattersall Tetteh Thackray",
    "Uddin Varley Wadsworth Walton Whitaker Yates Yilmaz Zaman",
)


def people(random: Random) -> Iterator[tuple[str, str, str]]:
    """Sex, given name and family name, without end and without the same pair twice."""
    known: set[tuple[str, str]] = set()
    while True:
        sex = random.choice("FM")
        name = random.choice(GIVEN[sex]), random.choice(FAMILY)
        if name not in known:
            known.add(name)
            yield sex, *name
