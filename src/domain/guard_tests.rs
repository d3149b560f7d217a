//! The shared vectors, masking, and what must hold for any text.

use proptest::prelude::*;
use serde_json::Value;

use super::{Finding, MASK, Seen, inspect, mask};
use crate::geo::shared_data;

const VECTORS: &str = include_str!("../../tests/fixtures/guard.json");

fn listed(text: &str) -> Vec<(usize, usize, &'static str)> {
    rows(&inspect(text).personal)
}

fn rows(findings: &[Finding]) -> Vec<(usize, usize, &'static str)> {
    findings.iter().map(|f| (f.start, f.end, f.kind.as_str())).collect()
}

#[test]
fn answers_every_shared_vector() {
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).expect("JSON");
    let mut wrong = Vec::new();
    for vector in &vectors {
        let text = vector["text"].as_str().expect("a text");
        let expected = |field: &str| {
            let spans = vector[field].as_array().map(Vec::as_slice).unwrap_or_default();
            let span = |f: &'_ Value| {
                let place = |end: &str| f[end].as_u64().expect("a place") as usize;
                (place("start"), place("end"), f["kind"].as_str().expect("a kind").to_owned())
            };
            spans.iter().map(span).collect::<Vec<_>>()
        };
        let seen = inspect(text);
        for (field, findings) in [("findings", &seen.personal), ("suspicions", &seen.suspicions)] {
            let found: Vec<_> = rows(findings).into_iter().map(|(start, end, kind)| (start, end, kind.to_owned())).collect();
            if found != expected(field) {
                wrong.push(format!("{text:?}: {field} {found:?} for {:?}", expected(field)));
            }
        }
    }
    assert!(vectors.len() >= 540, "{}", vectors.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn masks_what_it_found() {
    for (text, masked) in [
        ("Ring 070-174 06 05!", "Ring [borttaget]!"),
        ("💡 åsa@exempel.se, 19540116-4511", "💡 [borttaget], [borttaget]"),
        ("\u{200b}0\u{200b}701740605\u{200b}", "\u{200b}[borttaget]\u{200b}"),
        ("0701740605", "[borttaget]"),
        ("Lampan är trasig.", "Lampan är trasig."),
        ("Anna Berg bor här, bilen ABC 123", "[borttaget] bor här, bilen [borttaget]"),
        ("", ""),
    ] {
        assert_eq!(mask(text, &inspect(text).personal), masked);
    }
}

#[test]
fn ten_million_digits_are_no_number() {
    assert_eq!(inspect(&"7".repeat(10_000_000)), Seen::default());
}

#[test]
fn finds_skatteverkets_test_numbers_in_every_written_form() {
    let Some(list) = shared_data::read("pii-sv/skatteverket_testpersonnummer_sample.txt") else {
        return;
    };
    let (mut tried, mut missed) = (0, Vec::new());
    for number in list.lines().map(str::trim).filter(|line| line.len() == 12) {
        let (date, last) = number.split_at(8);
        let short = &date[2..];
        let (year, month, day) = (&date[..4], &date[4..6], &date[6..]);
        let wide: String = number.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
        let forms = [
            number.to_owned(),
            format!("{short}{last}"),
            format!("{short}-{last}"),
            format!("{date}-{last}"),
            format!("{short} {last}"),
            format!("{date} {last}"),
            format!("{short}+{last}"),
            format!("{short}\u{2013}{last}"),
            format!("{short} - {last}"),
            format!("{year}-{month}-{day}-{last}"),
            format!("{year} {month} {day} {last}"),
            format!("{year}-{month}-{day} - {last}"),
            wide,
            format!("{short}\u{200b}-\u{200b}{last}"),
        ];
        for form in forms {
            tried += 1;
            let text = format!("Min granne ({form}) såg det.");
            let end = 12 + form.chars().count();
            if listed(&text) != [(12, end, "personal_number")] {
                missed.push(format!("{text}: {:?}", listed(&text)));
            }
        }
    }
    eprintln!("personal numbers: {} of {tried} forms found exactly", tried - missed.len());
    assert!(tried > 28_000, "{tried}");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn finds_fictional_telephone_numbers_in_every_written_form() {
    // PTS, "Telefonnummer för användning i böcker och filmer": area code, subscriber digits, and how they are grouped.
    let series = [
        ("70", 1_740_605..=1_740_699, [3, 2, 2].as_slice()),
        ("31", 3_900_600..=3_900_699, &[3, 2, 2]),
        ("40", 6_280_400..=6_280_499, &[3, 2, 2]),
        ("8", 46_500_400..=46_500_499, &[3, 3, 2]),
        ("980", 319_200..=319_299, &[2, 2, 2]),
    ];
    let (mut tried, mut missed, mut as_other) = (0, Vec::new(), 0);
    for (area, numbers, groups) in series {
        for number in numbers {
            let number = number.to_string();
            let mut from = 0;
            let parts: Vec<&str> = groups
                .iter()
                .map(|&length| {
                    from += length;
                    &number[from - length..from]
                })
                .collect();
            let (spaced, dashed) = (parts.join(" "), parts.join("-"));
            let forms = [
                format!("0{area}{number}"),
                format!("0{area}-{number}"),
                format!("0{area} {number}"),
                format!("0{area}-{spaced}"),
                format!("0{area} {spaced}"),
                format!("0{area}/{spaced}"),
                format!("(0{area}) {spaced}"),
                format!("0{area} - {spaced}"),
                format!("0{area}-{dashed}"),
                format!("0{area}.{}", parts.join(".")),
                format!("+46{area}{number}"),
                format!("+46 {area} {spaced}"),
                format!("+46-{area}-{spaced}"),
                format!("+46 (0){area}-{spaced}"),
                format!("+46(0){area} {spaced}"),
                format!("0046{area}{number}"),
                format!("0046 {area} {spaced}"),
                format!("00 46 {area} {spaced}"),
            ];
            for form in forms {
                tried += 1;
                let text = format!("Ring {form} nu");
                match *listed(&text).as_slice() {
                    [(5, end, kind)] if end == 5 + form.chars().count() => {
                        as_other += usize::from(kind != "phone");
                    }
                    ref other => missed.push(format!("{text}: {other:?}")),
                }
            }
        }
    }
    eprintln!("telephone numbers: {} of {tried} forms found exactly, {as_other} of them called a personal number", tried - missed.len());
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    // Ten digits that are also a date with a right check digit; masked either way.
    assert!(as_other * 100 < tried, "{as_other}");
}

proptest! {
    #[test]
    fn findings_are_in_order_and_within_the_text(text in any_text()) {
        let seen = inspect(&text);
        let length = text.chars().count();
        for findings in [seen.personal, seen.suspicions] {
            prop_assert!(findings.iter().all(|f| f.start < f.end && f.end <= length));
            prop_assert!(findings.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }

    #[test]
    fn a_masked_text_holds_nothing_that_was_found(text in any_text()) {
        let findings = inspect(&text).personal;
        let masked = mask(&text, &findings);
        prop_assert_eq!(masked.matches(MASK).count(), findings.len() + text.matches(MASK).count());
        let characters: Vec<char> = text.chars().collect();
        let kept: usize = characters.len() - findings.iter().map(|f: &Finding| f.end - f.start).sum::<usize>();
        prop_assert_eq!(masked.chars().count(), kept + findings.len() * MASK.chars().count());
    }

    #[test]
    fn what_is_invisible_changes_nothing(text in any_text(), places in proptest::collection::vec(any::<proptest::sample::Index>(), 0..8)) {
        let mut signs: Vec<char> = text.chars().collect();
        for place in places {
            signs.insert(place.index(signs.len() + 1), '\u{200b}');
        }
        let kinds = |text: &str| listed(text).iter().map(|f| f.2).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&signs.into_iter().collect::<String>()), kinds(&text));
    }
}

/// Pieces of personal data and ordinary text, thrown together.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = [
        "070",
        "174",
        "06",
        "05",
        "08",
        "+46",
        "0046",
        "(0)",
        "19540116",
        "540116",
        "4511",
        "-",
        " ",
        " ",
        ".",
        "/",
        ":",
        "@",
        " at ",
        "(at)",
        "snabel-a",
        " dot ",
        "anna",
        "exempel.se",
        "gmail",
        "Det",
        "å",
        "\n",
        "💡",
        "٠٧٠",
        "０",
        "\u{200d}",
        "1",
        "2024-05-12",
        "08.00-16.00",
        "ABC",
        "abc",
        "Anna",
        "Berg",
        "Anders",
        "väg",
        "langar",
        "säljer",
        "knark",
        "Min granne",
        "Han",
        "lgh",
        ". ",
        "A\u{30a}sa",
    ];
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}
