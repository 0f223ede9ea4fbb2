"""Address cards that are broken or made to do harm."""

from __future__ import annotations

from tests.hostile.sizes import some
from tests.hostile.texts import Files

END = "\nEND:VCARD\n"


def card(*lines: str, version: str = "3.0") -> bytes:
    """One card."""
    return ("BEGIN:VCARD\nVERSION:" + version + "\n" + "\n".join(lines) + END).encode("utf-8", "surrogatepass")


def cards() -> Files:
    """Cards as broken phones and worse write them."""
    whole = card("FN:张伟", "TEL:13800000001")
    yield "card-never-ended.vcf", b"BEGIN:VCARD\nFN:A\nTEL:13800000001\n"
    yield "card-begin-alone.vcf", b"BEGIN:VCARD"
    yield "card-cut.vcf", whole[: len(whole) // 2]
    yield "card-in-card.vcf", b"BEGIN:VCARD\n" * some(2000, 40_000) + b"FN:A" + END.encode()
    yield "card-without-name.vcf", card("TEL:13800000001")
    yield "card-empty.vcf", card()
    yield "card-of-nothing.vcf", b"BEGIN:VCARD\nEND:VCARD\n" * 100
    yield "card-fold-for-ever.vcf", card("NOTE:a" + "\n b" * some(20_000, 2_000_000))
    yield (
        "card-soft-breaks.vcf",
        card("NOTE;ENCODING=QUOTED-PRINTABLE:" + "=\n" * some(20_000, 2_000_000), version="2.1"),
    )
    yield "card-semicolons.vcf", card("N:" + ";" * some(50_000, 5_000_000))
    yield "card-parameters.vcf", card("TEL" + ";TYPE=x" * some(20_000, 1_000_000) + ":1")
    yield "card-backslashes.vcf", card("FN:A", "NOTE:" + "\\" * some(30_000, 3_000_000))
    yield "card-quote-open.vcf", card('TEL;TYPE="work:13800000001', "FN:A")
    yield "card-photo-large.vcf", card("FN:A", "PHOTO;ENCODING=b:" + "A" * some(500_000, 15_000_000))
    yield "card-photo-outside.vcf", card("FN:A", "PHOTO;VALUE=uri:file:///etc/passwd")
    yield "card-line-too-long.vcf", card("FN:A", "NOTE:" + "A" * 17_000_000)
    yield "card-telephones.vcf", card("FN:A", *(f"TEL:1380{n:07}" for n in range(some(800, 3000))))
    yield "card-bad-charset.vcf", card("FN;CHARSET=x-no;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0", version="2.1")
    yield "card-codec-not-text.vcf", card("FN;CHARSET=zip;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0", version="2.1")
    yield "card-codec-idna.vcf", card("FN;CHARSET=idna;ENCODING=QUOTED-PRINTABLE:xn--=E5", version="2.1")
    yield "card-codec-undefined.vcf", card("FN;CHARSET=undefined;ENCODING=QUOTED-PRINTABLE:=E5", version="2.1")
    yield "card-utf7.vcf", card("FN;CHARSET=utf-7;ENCODING=QUOTED-PRINTABLE:+2AA-", version="2.1")
    yield "card-half-escape.vcf", card("FN;ENCODING=QUOTED-PRINTABLE:=E", version="2.1")
    yield "card-surrogate.vcf", card("FN:\ud800A")
    yield "card-nul.vcf", card("FN:A\0B", "TEL:138\x000000")
    yield "card-birthday-none.vcf", card("FN:A", "BDAY:0000-00-00")
    yield "card-birthday-far.vcf", card("FN:A", "BDAY:99999-99-99")
    yield "card-birthday-text.vcf", card("FN:A", "BDAY;VALUE=text:circa 1800")
    yield "card-version-9.vcf", card("FN:A", version="9.9")
    yield "card-utf16.vcf", whole.decode().encode("utf-16")
    yield "card-gbk.vcf", whole.decode().encode("gbk")
    yield "card-lower-case.vcf", whole.lower()
    yield "card-then-table.vcf", whole + "客户号,姓名\n1,王\n".encode()
    yield "card-agent.vcf", card("FN:A", "AGENT:BEGIN:VCARD\\nFN:B\\nEND:VCARD")
    yield "card-groups.vcf", card(*(f"item{n}.TEL:1" for n in range(some(2000, 100_000))), "FN:A")
    yield "card-no-colons.vcf", card("FN A", "TEL 13800000001")
    yield "card-many.vcf", card("FN:A") * some(3000, 60_000)
