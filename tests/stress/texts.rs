//! Texts made to cost: the guard against personal data looks at each a bounded number of times.

use std::time::{Duration, Instant};

use lykta::domain::guard::inspect;

use crate::alone;

#[test]
fn time_grows_with_the_text() {
    let _alone = alone();
    // What makes each rule look farthest, over and over: a rule that looked all the way each time would take minutes.
    let units = [
        "0 ",
        "0-",
        "07",
        "070 ",
        "+",
        "+4",
        "@",
        "a@",
        "a@b.",
        "at ",
        " at a dot",
        "a.",
        "a . ",
        "(at)",
        "snabel-a ",
        "a dot ",
        "(",
        "\u{200b}",
        "٠",
        "85 01 01 ",
        "1 1-",
        "ABC",
        "abc 12a ",
        "Anna ",
        "Anna-",
        "A. ",
        "ANNA BERG ",
        "langar min granne ",
        "han i nummer 5 ",
        "540116-4511 langar ",
        "a\u{308}",
    ];
    for unit in units {
        let text: String = unit.chars().cycle().take(300_000).collect();
        let started = Instant::now();
        let seen = inspect(&text);
        let found = seen.personal.len() + seen.suspicions.len();
        let took = started.elapsed();
        println!("{unit:?} × {}: {found} findings in {took:?}", 300_000 / unit.chars().count());
        assert!(took < Duration::from_secs(10), "{unit:?} took {took:?}");
    }
}
