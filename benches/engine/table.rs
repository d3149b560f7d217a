//! The table of `docs/performance.md`.

use crate::timing::Timing;

/// The comparisons: the work, and the rest of its row.
#[derive(Default)]
pub(crate) struct Table(Vec<(String, String)>);

impl Table {
    /// Adds a comparison: both median and least, the ratio of the medians, and whether that is what the issue asks for.
    pub(crate) fn compare(&mut self, work: &str, rival: &str, theirs: Timing, ours: Timing, goal: Option<f64>) {
        let ratio = theirs.median / ours.median;
        let (wanted, met) =
            goal.map_or(("–".to_owned(), "–"), |goal| (format!("{goal:.0}×"), if ratio >= goal { "yes" } else { "no" }));
        let ms = |micros: f64| format!("{:.*}", if micros < 10_000.0 { 3 } else { 1 }, micros / 1e3);
        let row = format!(
            "{rival} | {} ({}) | {:.1} ({:.1}) | {:.*}× | {wanted} | {met}",
            ms(theirs.median),
            ms(theirs.least),
            ours.median,
            ours.least,
            usize::from(ratio < 100.0),
            ratio
        );
        self.0.push((work.to_owned(), row));
    }

    /// Says in the table that a rival is not there.
    pub(crate) fn absent(&mut self, rival: &str, why: &str) {
        println!("ABSENT: {rival} is not compared with: {why}");
        self.0.push(("everything".to_owned(), format!("**{rival}: ABSENT**, {why} | – | – | – | – | –")));
    }

    /// Prints it, the rivals of each work together.
    pub(crate) fn print(mut self) {
        if self.0.is_empty() {
            return;
        }
        let works: Vec<String> = self.0.iter().map(|(work, _)| work.clone()).collect();
        self.0.sort_by_key(|(work, _)| works.iter().position(|other| other == work));
        println!(
            "\n| work | rival | rival, ms: median (least) | ours, µs: median (least) | ratio | goal | met |\n|---|---|---|---|---|---|---|"
        );
        for (work, row) in self.0 {
            println!("| {work} | {row} |");
        }
    }
}
