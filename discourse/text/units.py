"""Units of measure: what dimension each belongs to, how large it is, and how a value in it is written."""

# unit -> dimension, size in the dimension's base unit, name in the singular
UNITS: dict[str, tuple[str, float, str]] = {}
for _dimension, _names in {
    "time": "second:1/86400 sec:1/86400 minute:1/1440 min:1/1440 hour:1/24 hr:1/24 day:1 week:7 fortnight:14 "
    "month:30.4 year:365 yr:365 decade:3652 century:36525",
    "length": "millimetre:.001 millimeter:.001 mm:.001 centimetre:.01 centimeter:.01 cm:.01 metre:1 meter:1 "
    "foot:.3048 feet:.3048 ft:.3048 inch:.0254 yard:.9144 kilometre:1000 kilometer:1000 km:1000 mile:1609",
    "mass": "gram:.001 g:.001 kilo:1 kilogram:1 kg:1 pound-weight:.4536 lb:.4536 ton:1000 tonne:1000",
    "speed": "mph:1.609 kph:1 kmh:1",
    "volume": "litre:1 liter:1 gallon:4.546",
    "temperature": "degree:1 celsius:1 fahrenheit:1",
    "area": "acre:.4047 hectare:1 ha:1",
    "energy": "kwh:1 mwh:1000 gwh:1000000",
    "power": "kw:1 mw:1000 gw:1000000",
    "percent": "percent:1 %:1",
    "money:eur": "euro:1 €:1 eur:1",
    "money:usd": "dollar:1 buck:1 $:1 usd:1",
    "money:gbp": "pound:1 quid:1 £:1 gbp:1",
}.items():
    for _entry in _names.split():
        _name, _, _size = _entry.rpartition(":")
        _top, _, _bottom = _size.partition("/")
        UNITS[_name] = (_dimension, float(_top) / float(_bottom or 1), _name)
for _name in list(UNITS):
    if _name.isalpha() and _name not in ("feet", "celsius", "fahrenheit", "percent"):
        UNITS.setdefault(_name + "s", UNITS[_name])
UNITS["centuries"] = UNITS["century"]
UNITS["inches"] = UNITS["inch"]
LOOSE = {"month": (28.0, 31.0), "year": (365.0, 366.0)}  # units that are not always of one length


def number_label(value: float) -> str:
    """Write a number plainly: 4, 2.5, 1240."""
    return f"{value:.10g}"


def unit_label(low: float, high: float, unit: str) -> str:
    """Write a value with its unit: "4 days", "10 to 14 days", "70%", "€5"."""
    dimension, _size, name = UNITS[unit]
    shown = number_label(high)
    if low < high:
        shown = f"{number_label(low)} to {shown}"
    if dimension == "percent":
        return f"{shown}%"
    if dimension.startswith("money:"):
        return {"eur": "€", "usd": "$", "gbp": "£"}[dimension[6:]] + shown
    countable = name == "day" or (len(name) > 3 and name.isalpha() and name not in ("feet", "celsius"))
    return f"{shown} {name}s" if countable and high != 1 else f"{shown} {name}"
