//! The engine itself: what it answers, what that costs, and how the cost grows.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use lykta::domain::codes::{Category, Group};
use lykta::geo::filter::Filter;
use lykta::geo::grid::{Grid, Window};
use lykta::geo::index::{Change, Entry, Origin, Snapshot};

use crate::compare::Answer;
use crate::data::{self, CRS, Random};
use crate::near::{self, Answers, Timings};
use crate::question::{Question, View, columns, middle, of_groups, questions};
use crate::timing::{Timing, micros};

/// Runs of a measured question.
const RUNS: usize = 101;
/// Changes not merged yet, and in a batch.
const WAITING: usize = 4_000;
const BATCH: usize = 64;

/// Answers a question as a request would: the window is made anew.
fn answer(index: &Snapshot, question: &Question) -> Answer {
    index.count(question.grid, &question.filter, question.window().as_ref())
}

/// What everybody else is held against.
pub(crate) struct Ours {
    /// What is asked.
    pub(crate) questions: Vec<Question>,
    /// What we answer to each, and what it costs.
    pub(crate) answers: Vec<(Answer, Timing)>,
    /// The same for what is near.
    pub(crate) near: (Answers, Timings),
}

impl Ours {
    /// Asks the index everything.
    pub(crate) fn of(rows: &[Entry], index: &Snapshot) -> Self {
        let questions = questions();
        let asked = |question: &Question| (answer(index, question), Timing::measure(RUNS, || answer(index, question)));
        Self { answers: questions.iter().map(asked).collect(), questions, near: near::ours(rows, index) }
    }
}

/// Builds the index and prints what it takes: time, memory by part, and the first use of the grids that are not kept ready.
pub(crate) fn build(rows: &[Entry]) -> Snapshot {
    let copied = rows.to_vec();
    let (build, index) = micros(|| Snapshot::build(CRS, 1, copied));
    println!("\n| building | s |\n|---|---|\n| index of {} places with its default grids | {:.2} |", rows.len(), build / 1e6);
    let ready: Vec<String> = index.bytes().into_iter().map(|(part, _)| part).collect();
    for (column, grid) in columns() {
        if !Grid::DEFAULTS.contains(&grid) {
            let first = micros(|| index.count(grid, &Filter::default(), None)).0;
            println!("| first use of {column} | {:.2} |", first / 1e6);
        }
    }
    println!("\n| memory | bytes per place |\n|---|---|");
    let (mut kept, mut lazy) = (0.0, 0.0);
    for (part, bytes) in index.bytes() {
        let each = bytes as f64 / rows.len() as f64;
        let is_ready = ready.contains(&part);
        *(if is_ready { &mut kept } else { &mut lazy }) += each;
        println!("| {part}{} | {each:.1} |", if is_ready { "" } else { " (on first use)" });
    }
    println!("| **with the default grids** | **{kept:.1}** |\n| grids on first use | {lazy:.1} |");
    index
}

/// What a start costs with the index file (without opening the database), and how large it is.
pub(crate) fn filed(index: &Snapshot, folder: &Path) {
    let path = folder.join("snapshot.index");
    let origin = Origin {
        program: "bench".to_owned(),
        municipality: "0000".to_owned(),
        version: 1,
        head: Vec::new(),
        epsg: CRS.epsg(),
        sources: Vec::new(),
    };
    let (written, ()) = micros(|| {
        let file = File::create(&path).expect("a file");
        index.write(origin, BufWriter::with_capacity(1 << 20, &file)).expect("written");
        file.sync_all().expect("synced");
    });
    let bytes = path.metadata().expect("a file").len();
    let [(_, grid), ..] = columns();
    // More than once: on a virtual machine the first may wait for memory that its host has to find.
    let mut reads = [0.0; 3].map(|_: f64| {
        let file = BufReader::with_capacity(1 << 20, File::open(&path).expect("a file"));
        let (read, again) = micros(|| Snapshot::read(file, bytes).expect("read").0);
        let same = again.len() == index.len() && again.count(grid, &of_groups(3), None) == index.count(grid, &of_groups(3), None);
        assert!(same, "another index");
        read / 1e6
    });
    let first = reads[0];
    reads.sort_by(f64::total_cmp);
    println!(
        "\nIndex file: {} MB, written and synced in {:.2} s, read (from memory the system kept) in {first:.2} s, the fastest of three {:.2} s.",
        bytes / 1_000_000,
        written / 1e6,
        reads[0]
    );
    std::fs::remove_file(&path).expect("removed");
}

/// A city view that is somewhere else every time: no window and no stretch of memory is met twice in a row.
pub(crate) fn moving(index: &Snapshot) {
    let mut random = Random(11);
    let [(_, grid), ..] = columns();
    let filter = of_groups(3);
    let times = (0..1_000)
        .map(|_| {
            let view = View::around(random.place());
            micros(|| index.count(grid, &filter, Some(&Window::new(grid, CRS, view.degrees)))).0
        })
        .collect();
    let timing = Timing::of(times);
    println!("\nCity view, F, 1,000 views at random places: median {:.1} µs, p99 {:.1} µs.", timing.median, timing.p99);
}

fn city_and_region(index: &Snapshot, filter: &Filter) -> String {
    let [(_, squares), (_, hexagons), ..] = columns();
    let degrees = View::around(middle()).degrees;
    let city = || index.count(squares, filter, Some(&Window::new(squares, CRS, degrees)));
    let region = || index.count(hexagons, filter, None);
    let cost = |timing: Timing| format!("{:.1} ({:.1})", timing.median, timing.least);
    format!("{} | {} | {} | {}", city().len(), cost(Timing::measure(RUNS, city)), region().len(), cost(Timing::measure(RUNS, region)))
}

/// Cost against the number of places: the first of the same rows.
pub(crate) fn curve_of_places(rows: &[Entry]) {
    println!("\n| places | city cells, F | µs: median (least) | region cells, F | µs: median (least) |\n|---|---|---|---|---|");
    let sizes = [10_000, 100_000, 1_000_000, 10_000_000].into_iter().filter(|size| *size <= rows.len());
    for size in sizes {
        let index = Snapshot::build(CRS, 1, rows[..size].to_vec());
        println!("| {size} | {} |", city_and_region(&index, &of_groups(3)));
    }
}

/// Cost against the number of categories asked for, and with every group spread over all its categories.
pub(crate) fn curve_of_categories(index: &Snapshot) {
    println!("\n| categories and a year | city cells | µs: median (least) | region cells | µs: median (least) |\n|---|---|---|---|---|");
    for count in [1, 3, 6, 12] {
        println!("| {count} of 12 | {} |", city_and_region(index, &of_groups(count)));
    }
    let spread = Snapshot::build(CRS, 1, data::rows(index.len(), true));
    let chosen = of_groups(3);
    let groups = Group::ALL.iter().filter(|group| {
        let first = group.categories().next().map(Category::index);
        first.zip(chosen.categories).is_some_and(|(first, bits)| bits.contains(first))
    });
    let filter = Filter { categories: Some(groups.flat_map(|group| group.categories()).map(Category::index).collect()), ..chosen };
    let count = filter.categories.map_or(0, |bits| bits.0.count_ones());
    let all = Category::ALL.len();
    println!("| {count} of {all}: the same three groups | {} |", city_and_region(&spread, &filter));
    println!("| all {all} | {} |", city_and_region(&spread, &Filter { categories: None, ..filter }));
}

/// Cost against the number of cells of the whole region, and against the number of conditions.
pub(crate) fn curves_of_cells_and_conditions(index: &Snapshot) {
    println!("\n| region, F, squares of | cells | µs: median (least) |\n|---|---|---|");
    let f = of_groups(3);
    for grid in Grid::DEFAULTS.into_iter().rev() {
        let (cells, timing) = (index.count(grid, &f, None).len(), Timing::measure(RUNS, || index.count(grid, &f, None)));
        println!("| {} m | {cells} | {:.1} ({:.1}) |", grid.size_m(), timing.median, timing.least);
    }
    println!("\n| conditions | city cells | µs: median (least) | region cells | µs: median (least) |\n|---|---|---|---|---|");
    let mut filter = Filter::default();
    let mut row = |condition: &str, add: &dyn Fn(&mut Filter)| {
        add(&mut filter);
        println!("| {condition} | {} |", city_and_region(index, &filter));
    };
    let bits = |values: &[usize]| Some(values.iter().copied().collect());
    row("none", &|_| ());
    row("3 categories", &|all| all.categories = f.categories);
    row("and a year", &|all| (all.from, all.to) = (f.from, f.to));
    row("and 12 hours of the day", &|all| all.hours = bits(&[0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23]));
    row("and darkness", &|all| all.light = bits(&[2]));
    row("and 2 states", &|all| all.statuses = bits(&[0, 1]));
    row("and 5 days of the week", &|all| all.weekdays = bits(&[1, 2, 3, 4, 5]));
    row("and 2 of 3 sources (looks at rows)", &|all| all.sources = Some(vec![0, 1]));
}

/// Changes as they come: mostly new reports, some changed in place, some gone.
fn changes(rows: &[Entry], count: usize, random: &mut Random) -> Vec<Change> {
    (0..count)
        .map(|turn| {
            let row = rows[random.below(rows.len() as u64) as usize].clone();
            match turn % 16 {
                0 => Change::Remove(row.id),
                1..4 => Change::Put(Entry { status: (row.status + 1) % 4, ..row }),
                _ => Change::Put(Entry { id: uuid::Uuid::from_u64_pair(random.below(u64::MAX), random.below(u64::MAX)), ..row }),
            }
        })
        .collect()
}

/// What a change costs, alone and with eight readers.
pub(crate) fn changing(rows: &[Entry], index: &Snapshot) {
    let mut random = Random(13);
    let waiting = index.apply(2, changes(rows, WAITING, &mut random));
    let batches: Vec<Vec<Change>> = (0..300).map(|_| changes(rows, BATCH, &mut random)).collect();
    let apply = Timing::of(batches.into_iter().map(|batch| micros(|| waiting.apply(3, batch)).0).collect());
    println!("\n| changes | p50 ms | p99 ms |\n|---|---|---|");
    let row = |what: &str, timing: Timing| println!("| {what} | {:.3} | {:.3} |", timing.median / 1e3, timing.p99 / 1e3);
    row(&format!("`apply` of {BATCH} changes while {WAITING} wait for a merge"), apply);
    row(
        &format!("`merged` of {WAITING} changes beside {} places", rows.len()),
        Timing::of((0..5).map(|_| micros(|| waiting.merged()).0).collect()),
    );
    let (writes, reads) = with_readers(rows, index);
    row("`apply` of one change and its swap, 8 readers at city view, F", writes);
    row("city view, F, of these readers", reads);
    println!(
        "\n| while {WAITING} changes wait | city cells, F | µs: median (least) | region cells, F | µs: median (least) |\n|---|---|---|---|---|"
    );
    println!("| | {} |", city_and_region(&waiting, &of_groups(3)));
}

/// A writer with eight readers: how long until a change can be seen, and how long the readers take.
fn with_readers(rows: &[Entry], index: &Snapshot) -> (Timing, Timing) {
    let mut random = Random(17);
    let current = ArcSwap::from_pointee(index.apply(2, changes(rows, WAITING / 2, &mut random)));
    let coming = changes(rows, WAITING / 4, &mut random);
    let over = AtomicBool::new(false);
    let (filter, [(_, grid), ..], degrees) = (of_groups(3), columns(), View::around(middle()).degrees);
    std::thread::scope(|scope| {
        let read = || {
            let mut times = Vec::new();
            while !over.load(Ordering::Relaxed) {
                times.push(micros(|| current.load().count(grid, &filter, Some(&Window::new(grid, CRS, degrees)))).0);
            }
            times
        };
        let readers: Vec<_> = (0..8).map(|_| scope.spawn(read)).collect();
        let mut writes = Vec::new();
        for change in coming {
            // As reports come: not one upon the other.
            std::thread::sleep(Duration::from_millis(5));
            let started = Instant::now();
            let next = current.load().apply(3, vec![change]);
            current.store(Arc::new(next));
            writes.push(started.elapsed().as_secs_f64() * 1e6);
        }
        over.store(true, Ordering::Relaxed);
        let reads = readers.into_iter().flat_map(|reader| reader.join().expect("a reader")).collect();
        (Timing::of(writes), Timing::of(reads))
    })
}
