"""Writes numbers and what python-stdnum says of them: `country,type,number,valid`, half of them right, the others one character off.

Where the two are known to differ, the number is left out, with the reason beside it here.
"""

import random
import sys

from stdnum import ean, luhn, verhoeff
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.cn import ric, uscc
from stdnum.eu import oss
from stdnum.id import nik
from stdnum.il import idnr
from stdnum.in_ import aadhaar, pan
from stdnum.mx import curp, rfc
from stdnum.tr import tckimlik

random.seed(11643)
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Regions that were there from the first list to the last.
REGIONS = ("110101", "110105", "310101", "310104")
BASE31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def digits(count):
    return "".join(random.choice(DIGITS) for _ in range(count))


def letters(count):
    return "".join(random.choice(LETTERS) for _ in range(count))


def date(form):
    year, month, day = random.randint(1930, 2015), random.randint(1, 12), random.randint(1, 28)
    return form.format(y=year, yy=year % 100, m=month, d=day)


def resident():
    head = random.choice(REGIONS) + date("{y:04}{m:02}{d:02}") + digits(3)
    return head + ric.calc_check_digit(head + "0")


def credit_code():
    head = random.choice("159") + "1" + random.choice(["110000", "310115", "440300"]) + "".join(random.choice(BASE31) for _ in range(9))
    return head + uscc.calc_check_digit(head)


def enterprise():
    # Nothing but digits and letters, the check digits by the published rule.
    head = "".join(random.choice(DIGITS + LETTERS) for _ in range(12))
    return head + cnpj.calc_check_digits(head)


def person_mx():
    head = letters(4) + date("{yy:02}{m:02}{d:02}") + random.choice("HM") + random.choice(sorted(curp._valid_states)) + letters(3) + random.choice(DIGITS)
    return head + curp.calc_check_digit(head + "0")


def tax_mx():
    return letters(random.choice([3, 4])) + date("{yy:02}{m:02}{d:02}") + digits(3)


def resident_id():
    day, month, year = random.randint(1, 28) + random.choice([0, 40]), random.randint(1, 12), random.randint(30, 99)
    return "3171" + digits(2) + f"{day:02}{month:02}{year:02}" + digits(4)


MAKERS = [
    ("CN", "resident-id", resident, ric.is_valid),
    ("CN", "social-credit-code", credit_code, uscc.is_valid),
    ("BR", "cpf", lambda: (lambda head: head + cpf._calc_check_digits(head))(digits(9)), cpf.is_valid),
    ("BR", "cnpj", enterprise, cnpj.is_valid),
    ("TR", "tckn", lambda: (lambda head: head + tckimlik.calc_check_digits(head))(random.choice("123456789") + digits(8)), tckimlik.is_valid),
    ("IN", "aadhaar", lambda: (lambda head: head + verhoeff.calc_check_digit(head))(random.choice("23456789") + digits(10)), aadhaar.is_valid),
    ("IN", "pan", lambda: letters(3) + random.choice("ABCFGHJKLPT") + letters(1) + digits(4) + letters(1), pan.is_valid),
    ("IL", "teudat-zehut", lambda: (lambda head: head + luhn.calc_check_digit(head))(digits(8)), idnr.is_valid),
    ("CL", "rut", lambda: (lambda head: head + rut.calc_check_digit(head))(digits(8)), rut.is_valid),
    ("MX", "curp", person_mx, curp.is_valid),
    ("MX", "rfc", tax_mx, rfc.is_valid),
    ("ID", "nik", resident_id, nik.is_valid),
    ("IE", "ioss", lambda: "IM" + random.choice(["372", "276", "040", "528"]) + digits(7), oss.is_valid),
    ("NZ", "gtin", lambda: (lambda head: head + ean.calc_check_digit(head))(digits(random.choice([7, 11, 12, 13]))), ean.is_valid),
]


def spoiled(number):
    place = random.randrange(len(number))
    pool = DIGITS if number[place] in DIGITS else LETTERS
    kind = random.randrange(4)
    if kind == 0 and len(number) > 1:
        return number[:place] + number[place + 1 :]
    if kind == 1 and place + 1 < len(number):
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + random.choice(pool) + number[place + 1 :]


def differs(kind, number):
    """Whether the two are known to differ on such a number, and why."""
    upper = number.upper()
    if kind == "cpf" and len(set(upper)) == 1:
        return True  # Eleven digits alike: never issued.
    if kind == "curp" and (upper[:4] in curp._name_blacklist or upper[11:13] not in curp._valid_states):
        return True  # Words that are not issued, and states, are not held against a number here.
    if kind == "rfc" and (upper[:4] in rfc._name_blacklist or len(upper) in (10, 11)):
        return True  # Words that are not issued; the form of ten characters is no longer complete.
    if kind == "nik" and len(upper) == 16 and (upper[:4] != "3171" or int(upper[6:8]) > 71):
        return True  # Places are not looked up here; and no day is the seventy-second.
    if kind == "resident-id" and (upper[:6] not in REGIONS or not upper[6:10].isdigit() or not 1930 <= int(upper[6:10]) <= 2015):
        return True  # The two tables of regions are of different years.
    return False


print("country,type,number,valid")
for country, kind, make, valid in MAKERS:
    for count in range(int(sys.argv[1]) if len(sys.argv) > 1 else 400):
        number = make() if count % 2 == 0 else spoiled(make())
        if not differs(kind, number):
            print(f"{country},{kind},{number},{str(valid(number)).lower()}")
