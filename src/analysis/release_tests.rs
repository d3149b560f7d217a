//! The rules of a release, one by one: thresholds, rounding, categories, order, and the map made of it.

use super::samples::{Dice, KEY, exact, kommun, sharp};
use super::*;

fn group(n: u64, leaf: (i64, i64), group: u8) -> Vec<Record> {
    let mut dice = Dice(n + u64::from(group) * 100 + leaf.0.unsigned_abs() * 7 + leaf.1.unsigned_abs() * 13);
    (0..n).map(|_| Record { key: dice.next(), reporter: Some(dice.next()), leaf, group }).collect()
}

fn find(cells: &[Published], size_m: u16, cell: (i64, i64), category: Category) -> Option<u32> {
    cells.iter().find(|c| (c.size_m, c.cell, c.category) == (size_m, cell, category)).map(|c| c.count)
}

#[test]
fn every_published_value_is_near_its_count_and_over_the_threshold() {
    for (seed, k) in [(1, 5), (2, 5), (3, 3), (4, 10)] {
        let records = kommun(seed, 400, 3, 12);
        let counted = exact(&records, k, true);
        let made = sharp(&records, &KEY, k);
        let rounding = Rounding::new(k);
        assert!(made.cells.len() > 40);
        assert_eq!(made.cells.len() + made.withheld, counted.len());
        for cell in &made.cells {
            let count = find(&counted, cell.size_m, cell.cell, cell.category).expect("published cells have passed the threshold");
            let (low, high) = rounding.bounds(cell.count);
            assert!(cell.count > 0 && cell.count % 5 == 0 && (low..=high).contains(&i64::from(count)));
        }
        assert!(made.cells.is_sorted());
    }
}

#[test]
fn safe_and_unsafe_are_counted_apart() {
    let records = [group(5, (0, 0), 2), group(10, (0, 0), SAFE)].concat();
    let cells = sharp(&records, &KEY, 5).cells;
    // Whole multiples of the base are published as they are.
    let values = [(Category::All, Some(15)), (Category::Unsafe, Some(5)), (Category::Group(2), Some(5)), (Category::Group(SAFE), Some(10))];
    for size_m in SIZES_M {
        for (category, value) in values {
            assert_eq!(find(&cells, size_m, (0, 0), category), value);
        }
        assert_eq!(find(&cells, size_m, (0, 0), Category::Group(3)), None);
    }
    assert_eq!(cells.len(), 12);
}

#[test]
fn squares_nest_west_and_south_of_the_origin_too() {
    let cells = sharp(&group(5, (-1, -5), 0), &KEY, 5).cells;
    for (size_m, cell) in [(250, (-1, -5)), (500, (-1, -3)), (1000, (-1, -2))] {
        assert_eq!(find(&cells, size_m, cell, Category::All), Some(5));
    }
}

#[test]
fn the_same_records_have_the_same_value_everywhere() {
    for n in 5..40 {
        let cells = sharp(&group(n, (9, 9), 3), &KEY, 5).cells;
        assert_eq!(cells.len(), 9);
        assert!(cells.iter().all(|cell| cell.count == cells[0].count), "{n}: {cells:?}");
    }
}

#[test]
fn the_draw_depends_on_the_key() {
    let made: std::collections::BTreeSet<u32> = (0..40).map(|key| sharp(&group(7, (0, 0), 1), &[key; 32], 5).cells[0].count).collect();
    assert_eq!(made.into_iter().collect::<Vec<_>>(), [5, 10]);
}

#[test]
fn a_record_of_no_known_group_is_counted_nowhere() {
    assert_eq!(sharp(&group(20, (0, 0), 12), &KEY, 5), Release::default());
    assert_eq!(sharp(&[], &KEY, 5), Release::default());
}

#[test]
fn categories_have_a_place_each() {
    let all: Vec<Category> = (0..14).filter_map(Category::from_index).collect();
    assert_eq!(all.len(), 14);
    assert!(all.iter().enumerate().all(|(index, category)| usize::from(category.index()) == index));
    assert_eq!(Category::from_index(14), None);
    assert_eq!(Category::from_index(13), Some(Category::Group(SAFE)));
}

#[test]
fn a_view_hatches_what_lies_inside_a_published_square() {
    let all = |size_m, cell, count| Published { size_m, cell, category: Category::All, count };
    let cells = [all(250, (1, 0), 5), all(250, (8, 8), 5), all(500, (0, 0), 10), all(1000, (3, 3), 20)];
    let shown = |size_m| view(&cells, size_m, Category::All).into_iter().map(|c| (c.cell, c.count)).collect::<Vec<_>>();
    assert_eq!(shown(1000), [((3, 3), Some(20))]);
    let (hatched, half) = (None, Some(10));
    assert_eq!(shown(500), [((0, 0), half), ((6, 6), hatched), ((6, 7), hatched), ((7, 6), hatched), ((7, 7), hatched)]);
    let fine = shown(250);
    assert_eq!(fine.len(), 4 + 16 + 1);
    assert_eq!(fine[..4], [((0, 0), None), ((0, 1), None), ((1, 0), Some(5)), ((1, 1), None)]);
    assert!(fine.contains(&((8, 8), Some(5))) && fine.contains(&((15, 12), None)));
    assert_eq!(view(&cells, 250, Category::Unsafe), []);
}
