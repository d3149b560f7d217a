//! The file as people and other programs write it, and the shared answers through it.

use std::path::PathBuf;

use super::{Arguments, LIMITS, Limits, Shape, analyse, read, told, write};
use crate::geo::shared_data;

fn ask(band: Option<f64>, permutations: Option<u32>) -> Arguments {
    Arguments { file: PathBuf::new(), grid: Shape::Square, rings: 1, band, permutations, seed: 1 }
}

/// What is printed for a file, or why nothing is.
fn answer(text: &str, arguments: &Arguments) -> Result<String, String> {
    let (grid, cells) = read(text.as_bytes(), arguments, &LIMITS).map_err(|error| error.to_string())?;
    let found = analyse(grid, &cells, arguments).map_err(|error| error.to_string())?;
    Ok(write(grid, &cells, &found))
}

/// A column of numbers of a CSV.
fn column(text: &str, name: &str) -> Vec<f64> {
    let at = text.lines().next().and_then(|head| head.split(',').position(|header| header.trim_matches('"') == name)).expect("a column");
    text.lines().skip(1).map(|line| line.split(',').nth(at).and_then(|cell| cell.parse().ok()).expect("a number")).collect()
}

#[test]
fn memphis_comes_out_as_the_shared_key_has_it() {
    let Some(text) = shared_data::read("gistar-ref/memphis_robberies_grid_ref.csv") else { return };
    let made = answer(&text, &ask(None, None)).expect("a grid");
    assert_eq!(made.lines().next(), Some("col,row,count,gi_star,p,q"));
    assert_eq!(["col", "row", "count"].map(|name| column(&made, name)), ["col", "row", "count"].map(|name| column(&text, name)));
    let pairs = column(&made, "gi_star").into_iter().zip(column(&text, "gi_star_z"));
    assert!(pairs.map(|(ours, key)| (ours - key).abs()).all(|apart| apart < 1.0e-6));
}

#[test]
fn the_published_grid_comes_out_at_a_distance() {
    let Some(text) = shared_data::read("gistar-ref/getisord_1996_16x16.csv") else { return };
    let rows = column(&text, "x").into_iter().zip(column(&text, "y")).zip(column(&text, "val"));
    let rows = rows.map(|((x, y), count)| format!("{count},{y},{x},{},{}", y / 30.0, x / 30.0));
    let file = ["count,y,x,row,col".to_owned()].into_iter().chain(rows).collect::<Vec<_>>().join("\n");
    for (band, name) in [(30.0, "Gstar_30"), (150.0, "Gstar_150")] {
        let made = column(&answer(&file, &ask(Some(band), None)).expect("a grid"), "gi_star");
        assert!(made.into_iter().zip(column(&text, name)).map(|(ours, key)| (ours - key).abs()).all(|apart| apart < 1.0e-6));
    }
}

#[test]
fn rows_keep_their_order_and_what_has_no_meaning_is_empty() {
    // Backwards, with a byte order mark, spaces, Windows line ends and a column nobody asked for.
    let made = answer("\u{feff}row, col ,name,count\r\n0,2,\"a, b\",7\r\n0,1,,1\r\n0,0,,0\r\n", &ask(None, Some(9))).expect("a grid");
    let rows: Vec<Vec<&str>> = made.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0].join(","), "col,row,count,gi_star,p,q,p_permutation,p_folded,q_permutation,class");
    assert_eq!(rows.iter().skip(1).map(|row| row[..3].join(",")).collect::<Vec<_>>(), ["2,0,7", "1,0,1", "0,0,0"]);
    assert_eq!(rows[2][3..].join(""), "");
    assert!([1, 3].iter().all(|&row| rows[row].len() == 10 && rows[row].iter().all(|cell| !cell.is_empty())));
    let (grid, cells) = read("col,row,count\n0,0,1\n9,9,3\n".as_bytes(), &ask(None, None), &LIMITS).expect("a grid");
    let found = analyse(grid, &cells, &ask(None, Some(9))).expect("counts");
    assert_eq!(told(grid, &found), "lykta-gi-star/2: 2 cells, mean 2, population sd 1, queen contiguity, 9 permutations of seed 1");
    assert_eq!(answer("col,row,count\n", &ask(None, None)), Ok("col,row,count,gi_star,p,q\n".to_owned()));
}

#[test]
fn what_does_not_read_is_named_by_its_line() {
    let wrong = [
        ("", "there is no column col"),
        ("col,row\n", "there is no column count"),
        ("col,row,count,row\n", "there are two columns row"),
        ("col,row,count\n0,0,1\n0,1.5,1\n", "line 3: row \"1.5\" is not a whole number"),
        ("col,row,count\n0,0,-1\n", "line 2: count \"-1\" is not a count"),
        ("col,row,count\n0,0,\n", "line 2: count \"\" is not a count"),
        ("col,row,count\n0,0,1e3\n", "line 2: count \"1e3\" is not a count"),
        ("col,row,count\n99999999999,0,1\n", "line 2: col \"99999999999\" is not a whole number"),
        ("col,row,count\n0,0,1\n1,0,1\n0,0,2\n", "cells 1 and 3 are both col 0, row 0"),
    ];
    for (text, message) in wrong {
        assert_eq!(answer(text, &ask(None, None)), Err(message.to_owned()));
    }
    let ragged = answer("col,row,count\n0,0,1\n0,1\n", &ask(None, None)).expect_err("two fields");
    assert!(ragged.contains("line: 3") && ragged.contains('2'), "{ragged}");
    assert_eq!(answer("col,row,count\n0,0,1\n", &ask(Some(100.0), None)), Err("there is no column x".to_owned()));
    assert_eq!(answer("col,row,count,x,y\n0,0,1,5,inf\n", &ask(Some(100.0), None)), Err("line 2: y \"inf\" is not a number".to_owned()));
    assert!(answer("col,row,count,x,y\n0,0,1,5,5\n", &ask(Some(f64::NAN), None)).is_err_and(|error| error.contains("band")));
    assert!(answer("col,row,count\n0,0,1\n", &ask(None, Some(0))).is_err_and(|error| error.contains("--permutations")));
}

#[test]
fn a_file_has_an_end() {
    let few = Limits { cells: 2, bytes: 1 << 20 };
    let of = |file: &mut dyn std::io::Read| read(file, &ask(None, None), &few).map_err(|error| error.to_string());
    assert_eq!(of(&mut "col,row,count\n0,0,1\n0,1,1\n0,2,1\n".as_bytes()), Err("line 4: more than 2 cells".to_owned()));
    assert!(of(&mut "col,row,count\n0,0,1\n0,1,1\n".as_bytes()).is_ok());
    // One endless field.
    let mut endless = std::io::Read::chain("col,row,count\n\"".as_bytes(), std::io::repeat(b'a'));
    assert_eq!(of(&mut endless), Err("larger than 1048576 bytes".to_owned()));
}

/// Hexagons and rings against esda; H3 by its cells' names.
#[test]
fn hexagons_and_rings_come_out_as_the_reference_has_them() {
    let key = include_str!("../../../tests/reference/hotspots/gi_star.csv");
    let rows = || key.lines().filter_map(|row| row.strip_prefix("hex 2,")).map(|row| row.split(',').collect::<Vec<_>>());
    let file: String =
        std::iter::once("col,row,count\n".to_owned()).chain(rows().map(|row| format!("{},{},{}\n", row[0], row[1], row[2]))).collect();
    let made = answer(&file, &Arguments { grid: Shape::Hex, rings: 2, ..ask(None, None) }).expect("a grid");
    let expected: Vec<f64> = rows().map(|row| row[3].parse().expect("a number")).collect();
    assert_eq!(expected.len(), 240);
    assert!(column(&made, "gi_star").into_iter().zip(&expected).all(|(ours, key)| (ours - key).abs() < 1.0e-9));
    let squares = answer(&file, &Arguments { rings: 2, ..ask(None, None) }).expect("a grid");
    assert_ne!(squares, made, "squares have other neighbours");
}

#[test]
fn h3_is_read_by_the_names_of_its_cells() {
    let h3 = Arguments { grid: Shape::H3, ..ask(None, None) };
    // A cell and two of its neighbours, and one far away.
    let file = "count,cell\n5,891f24a8847ffff\n4,891f24a884fffff\n0,891f24a8843ffff\n1,891f0c4b0abffff\n";
    let made = answer(file, &h3).expect("a grid");
    assert_eq!(made.lines().next(), Some("cell,count,gi_star,p,q"));
    assert_eq!(
        made.lines().skip(1).map(|row| &row[..15]).collect::<Vec<_>>(),
        ["891f24a8847ffff", "891f24a884fffff", "891f24a8843ffff", "891f0c4b0abffff"]
    );
    let z = column(&made, "gi_star");
    assert!(z[0] > 0.0 && z[3] < 0.0, "{z:?}");
    for (file, message) in [
        (
            "cell,count\n881f24a885fffff,1\n891f24a8847ffff,1\n",
            "line 3: cell \"891f24a8847ffff\" is not an H3 cell of resolution 7 to 11, the same as those before",
        ),
        (
            "cell,count\n851f24abfffffff,1\n",
            "line 2: cell \"851f24abfffffff\" is not an H3 cell of resolution 7 to 11, the same as those before",
        ),
        ("cell,count\n891f24a8847ffff,1\n891f24a8847ffff,1\n", "cells 1 and 2 are both 891f24a8847ffff"),
        ("col,row,count\n0,0,1\n", "there is no column cell"),
    ] {
        assert_eq!(answer(file, &h3), Err(message.to_owned()));
    }
}
