//! Whether two answers are the same, row by row. No comparison is printed where one differs: the run stops.

use lykta::geo::grid::CellKey;

use crate::question::Question;

/// Cells and how many places each holds, in order of key.
pub(crate) type Answer = Vec<(CellKey, u32)>;

/// Compares a rival's counts with ours on every cell that meets the view, and tells how many these are. A rival that looks at a box
/// counts only parts of the cells beyond the view, and of ours those are what a window may add.
pub(crate) fn same(question: &Question, rival: &str, ours: &Answer, theirs: &Answer) -> usize {
    let meeting = |answer: &Answer| -> Answer {
        let meets = |cell: CellKey| question.view.is_none_or(|view| view.meets(question.grid, cell));
        answer.iter().copied().filter(|(cell, _)| meets(*cell)).collect()
    };
    let (ours, theirs) = (meeting(ours), meeting(theirs));
    let different = ours.iter().zip(&theirs).find(|(a, b)| a != b);
    assert!(ours == theirs, "{}: {rival} counts otherwise: {} cells, ours {}; {different:?}", question.name, theirs.len(), ours.len());
    assert!(!ours.is_empty(), "{}: nothing to compare", question.name);
    ours.len()
}

/// The same for a rival that counts whole cells only: each of its cells is one of ours with the same count.
pub(crate) fn same_whole(question: &Question, rival: &str, ours: &Answer, theirs: &Answer) -> usize {
    for (cell, count) in theirs {
        let found = ours.binary_search_by_key(cell, |(cell, _)| *cell).ok().map(|at| ours[at].1);
        assert!(found == Some(*count), "{}: {rival} counts {count} in {cell:?}, we {found:?}", question.name);
    }
    same(question, rival, ours, theirs)
}
