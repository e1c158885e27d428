"""The invented names that the stand-in's world is made of; none of these places or people exists."""

CARD_SYSTEMS = (
    (11, "UiTPAS Lindermeer", ("Lindergem", "Zandhove", "Oosterwal", "Heulegem", "Vossenrode")),
    (23, "UiTPAS Dijkland", ("Dijkmonde", "Kruisvoorde", "Molenschoot", "Nieuwbrugge", "Overhamme")),
    (42, "Paspoort Veldeke", ("Veldeke", "Roosbeemd", "Sint-Goedele-Akker", "Wilgendries")),
)
"""Number, name, municipalities."""

BALIES = (
    (77, "CC De Sluis ", (11,), "Lindergem", "9940"),
    (102, "Gemeenschapscentrum 't Hof", (11,), "Zandhove", "9944"),
    (118, "Bibliotheek Oosterwal", (11, 23), "Oosterwal", "9946"),
    (131, "Zwembad De Kuil & Zonen", (23,), "Dijkmonde", "8670"),
    (205, "Jeugdhuis Het Vlot", (23,), "Kruisvoorde", "8674"),
    (214, "Stadsloket Molenschoot", (23, 42), "Molenschoot", "8678"),
    (240, "Museum De Oude Schuur", (42,), "Veldeke", "2295"),
    (251, "Cultuurcafé Wilgendries", (42,), "Wilgendries", "2299"),
)
"""Number, name with its blanks as typed, card systems, municipality, postal code."""

EMPTY_BALIE = 251
"""The balie that never sold a ticket, so that its every report is ACTION_FAILED."""

EMPLOYEES: tuple[tuple[str, str, dict[int, str]], ...] = (
    ("lien", "Lien Verhaegen", {77: "admin", 102: "admin", 118: "member", 131: "member", 251: "admin"}),
    ("bram", "Bram Cosemans", {77: "member"}),
    ("noor", "Noor El Idrissi", {}),
    ("katrien", "Katrien Dewitte", {118: "admin", 77: "member"}),
    ("joris", "Joris Van Acker", {131: "admin", 205: "admin"}),
    ("amina", "Amina Bakkali", {214: "admin", 240: "member"}),
    ("tibo", "Tibo Sneyers", {240: "admin", 251: "member"}),
    ("greet", "Greet Lambrecht", {102: "member", 205: "member", 214: "member"}),
)
"""Nick, full name, role by balie number."""

EVENTS = (
    "Voorleesuur ",
    "Schoolvakantie op het water",
    "Familievoorstelling: De maan is rond",
    "Tienbeurtenkaart zwemmen",
    "Stadswandeling met gids",
    " Filmforum op donderdag",
    "Kinderatelier klei",
    "Concert in de kapel",
    "Danskamp 8-12 jaar",
    "Vaste tentoonstelling",
)

COUPONS = ("Cultuurbon", "Kampbon", "Kennismakingsbon sport")

PROMOTIONS = (
    (310, "Koffie aan de balie", 5),
    (311, "Gratis zwembeurt", 12),
    (312, "Draagtas van de bib", 3),
    (313, "Duoticket filmforum", 20),
    (314, "Korting op een kinderatelier", 10),
)
"""Number, title, points."""

ODD_PROMOTIONS = (
    (901, "  Rondleiding in het depot ", "4"),
    (902, "Koffie & taart < 5 euro", "6"),
    (903, "=Zwemles+1", "8"),
    (904, "Halve snack", "2.5"),
    (905, "appelsap aan de bar", "1"),
)
"""Number, title as somebody once typed it, points: what the known cards were swapped for beside the others."""
