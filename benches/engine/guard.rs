//! The guard against personal data: the slowest text of 10,000 characters we know how to write. Goal 5 ms.

use lykta::domain::guard::inspect;

use crate::timing::Timing;

const CHARACTERS: usize = 10_000;
const RUNS: usize = 15;
const GOAL_MS: f64 = 5.0;

/// What the rules look for, and what makes them look on: digits, signs, dots, names, capitals, accusations, pointers, marks.
const PIECES: [&str; 48] = [
    "7",
    "07",
    "1 ",
    "0701",
    "+46 ",
    "540116-4511 ",
    "5-4-0-1-",
    "@",
    "a@",
    "a.",
    "a.b@",
    "(at)",
    " at ",
    "a dot ",
    " punkt a",
    "a@b.se ",
    "a.a@a.a.",
    "snabel-a ",
    "ABC",
    "abc 12a ",
    "ABC123 ",
    "bil abc 123 ",
    "A ",
    "A. ",
    "Anna ",
    "Anna-",
    "ANNA ",
    "Anna Berg ",
    "anna andersson ",
    "Karl Johans gata ",
    "S:t ",
    "von ",
    "Kungsgatan ",
    "langar ",
    "säljer ",
    "knark ",
    "säljer a a a knark ",
    "min granne ",
    "min granne langar ",
    "han i nummer 5 ",
    "lgh 1 ",
    "Grannen. Han är langare. ",
    "mannen som bor ",
    ". ",
    "\n",
    "a\u{308}",
    "\u{308}",
    "misshandl",
];

/// Prints the slowest.
pub(crate) fn slowest() {
    let repeated = |pieces: &[&str]| pieces.concat().chars().cycle().take(CHARACTERS).collect::<String>();
    let mut texts: Vec<(String, String)> = PIECES.iter().map(|piece| (format!("{piece:?}"), repeated(&[piece]))).collect();
    for (at, first) in PIECES.iter().enumerate() {
        texts.extend(PIECES[at + 1..].iter().map(|second| (format!("{first:?} {second:?}"), repeated(&[first, second]))));
        let half = |text: &str| text.chars().take(CHARACTERS / 2).collect::<String>();
        texts.extend(
            PIECES.iter().map(|second| (format!("{first:?} then {second:?}"), half(&repeated(&[first])) + &half(&repeated(&[second])))),
        );
    }
    let whole = repeated(&PIECES);
    texts.push(("all of them".to_owned(), whole));
    let mut figures: Vec<(Timing, &str)> =
        texts.iter().map(|(name, text)| (Timing::measure(RUNS, || inspect(text)), name.as_str())).collect();
    figures.sort_by(|a, b| b.0.median.total_cmp(&a.0.median));
    println!(
        "\nThe guard, {} texts of {CHARACTERS} characters made to be slow (goal {GOAL_MS} ms):\n\n| text, over and over | median ms | least ms | slowest ms |\n|---|---|---|---|",
        figures.len()
    );
    for (timing, name) in figures.iter().take(5) {
        println!("| {name} | {:.2} | {:.2} | {:.2} |", timing.median / 1e3, timing.least / 1e3, timing.p99 / 1e3);
    }
    let usual = "Lampan vid gångtunneln har varit släckt i en månad och folk säljer droger vid bänkarna om kvällarna. ";
    let text = repeated(&[usual]);
    let usual = Timing::measure(RUNS, || inspect(&text));
    println!("| ordinary words | {:.2} | {:.2} | {:.2} |", usual.median / 1e3, usual.least / 1e3, usual.p99 / 1e3);
}
