//! The guard against each fault, against bombs, and against the answers that published suites expect.

use serde_json::{Value, json};

use super::{GeometryFault, polygon_from_geojson};
use crate::geo::shared_data;

fn polygon(rings: &Value) -> Value {
    json!({ "type": "Polygon", "coordinates": rings })
}

fn fault(geometry: &Value) -> &'static str {
    code(geometry, 2000)
}

#[test]
fn every_fault_has_its_code() {
    let square = json!([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]);
    let cases = [
        ("fine", polygon(&json!([square]))),
        ("fine", json!({ "type": "MultiPolygon", "coordinates": [[square], [[[2, 0], [3, 0], [3, 1], [2, 0]]]] })),
        ("fine", polygon(&json!([[[0, 0, 9.5], [1, 0, 9], [1, 1, 9], [0, 0, 9.5]]]))),
        // Clockwise, a repeated position, parts that touch in a point, a hole that touches the exterior in one.
        ("fine", polygon(&json!([[[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]]))),
        ("fine", polygon(&json!([[[0, 0], [1, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]))),
        ("fine", json!({ "type": "MultiPolygon", "coordinates": [[square], [[[1, 1], [2, 1], [2, 2], [1, 1]]]] })),
        ("fine", polygon(&json!([square, [[0, 0], [0.5, 0.2], [0.2, 0.5], [0, 0]]]))),
        ("not_a_polygon", json!({ "type": "Point", "coordinates": [0, 0] })),
        ("not_a_polygon", json!({ "type": "Polygon" })),
        ("not_a_polygon", json!({ "type": "Polygon", "coordinates": {} })),
        ("not_a_polygon", polygon(&json!([[0, 0], [1, 0]]))),
        ("not_a_polygon", json!(null)),
        ("not_a_polygon", json!([square])),
        ("empty_geometry", polygon(&json!([]))),
        ("empty_geometry", json!({ "type": "MultiPolygon", "coordinates": [] })),
        ("empty_geometry", json!({ "type": "MultiPolygon", "coordinates": [[square], []] })),
        // The two inputs on which the conversion of geojson 1.0.0 panics are of this kind.
        ("bad_position", polygon(&json!([[[0, 0], [1, 0], [121], [0, 0]]]))),
        ("bad_position", polygon(&json!([[[1, 2], []]]))),
        ("bad_position", polygon(&json!([[[0, 0], [1, 0], [1, null], [0, 0]]]))),
        ("bad_position", polygon(&json!([[[0, 0], [1, 0], [1, "1"], [0, 0]]]))),
        ("bad_position", polygon(&json!([[[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0]]]))),
        ("position_out_of_range", polygon(&json!([[[0, 0], [181, 0], [1, 1], [0, 0]]]))),
        ("position_out_of_range", polygon(&json!([[[0, 0], [1e308, -1e308], [1, 1], [0, 0]]]))),
        ("too_few_positions", polygon(&json!([[]]))),
        ("too_few_positions", polygon(&json!([[[0, 0], [1, 0], [0, 0]]]))),
        ("ring_not_closed", polygon(&json!([[[0, 0], [1, 0], [1, 1], [0, 1]]]))),
        ("no_area", polygon(&json!([[[0, 0], [0, 0], [0, 0], [0, 0]]]))),
        ("no_area", polygon(&json!([[[0, 0], [1, 1], [2, 2], [0, 0]]]))),
        ("self_intersection", polygon(&json!([[[0, 0], [2, 2], [2, 0], [0, 1], [0, 0]]]))),
        ("self_intersection", polygon(&json!([[[0, 0], [1, 0], [1, 1], [3, 1], [1, 1], [0, 1], [0, 0]]]))),
        ("self_intersection", polygon(&json!([[[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 1], [0, 0]]]))),
        ("rings_cross", polygon(&json!([square, [[0.5, 0.5], [1.5, 0.5], [0.5, 0.8], [0.5, 0.5]]]))),
        ("rings_cross", polygon(&json!([square, [[5, 5], [6, 5], [6, 6], [5, 5]]]))),
        ("rings_cross", polygon(&json!([square, square]))),
        ("rings_cross", json!({ "type": "MultiPolygon", "coordinates": [[square], [square]] })),
        ("rings_cross", json!({ "type": "MultiPolygon", "coordinates": [[square], [[[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]]] })),
        ("rings_cross", json!({ "type": "MultiPolygon", "coordinates": [[square], [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]] })),
        // Crosses only where both rings have a vertex.
        (
            "rings_cross",
            polygon(&json!([
                [[0, 0], [1, 0], [1, 0.5], [1, 1], [0, 1], [0, 0]],
                [[0.5, 0.4], [1, 0.5], [1.5, 0.9], [0.5, 0.6], [0.5, 0.4]]
            ])),
        ),
    ];
    for (code, geometry) in cases {
        assert_eq!(fault(&geometry), code, "{geometry}");
    }
}

/// A ring of `count` positions from a function of the index.
fn ring(count: usize, at: impl Fn(usize) -> [f64; 2]) -> Value {
    let mut positions: Vec<[f64; 2]> = (0..count - 1).map(at).collect();
    positions.push(positions[0]);
    json!(positions)
}

fn code(geometry: &Value, max_vertices: usize) -> &'static str {
    polygon_from_geojson(geometry, max_vertices).map_or_else(GeometryFault::code, |_| "fine")
}

/// Alternating radii: simple, but with as many spikes as it can have.
fn star(count: usize, turned: f64) -> Value {
    ring(count, |i| {
        let angle = std::f64::consts::TAU * i as f64 / (count - 1) as f64 + turned;
        let radius = if i % 2 == 0 { 1.0 } else { 0.1 };
        [15.0 + radius * angle.cos(), 60.0 + radius * angle.sin()]
    })
}

/// Teeth across the whole width, upright or lying.
fn comb(count: usize, lying: bool) -> Value {
    ring(count, |i| {
        let [along, across] = comb_corner(count, i);
        if lying { [10.0 + across, 60.0 + along] } else { [10.0 + along, 60.0 + across] }
    })
}

fn comb_corner(count: usize, i: usize) -> [f64; 2] {
    let across = match i % 4 {
        _ if i == 0 || i + 2 == count => 0.0,
        1 | 2 => 1.0,
        _ => 0.001,
    };
    [i as f64 / count as f64, across]
}

#[test]
fn bombs_are_answered_at_once() {
    // Milliseconds each; the limit tells them from the minutes a bomb takes, also on a busy machine.
    let multi =
        |rings: Vec<Value>| json!({ "type": "MultiPolygon", "coordinates": rings.into_iter().map(|ring| vec![ring]).collect::<Vec<_>>() });
    assert_eq!(code(&polygon(&json!([star(2000, 0.0)])), 2000), "fine");
    assert_eq!(code(&polygon(&json!([comb(2000, true)])), 2000), "fine");
    assert_eq!(code(&polygon(&json!([comb(2000, false)])), 2000), "fine");
    // Aslant, the box of every tooth meets that of every other: a few teeth are compared, many are not.
    let aslant = |count: usize| {
        ring(count, |i| {
            let [x, y] = comb_corner(count, i);
            [10.0 + x - y, 60.0 + x + y]
        })
    };
    assert_eq!(code(&polygon(&json!([aslant(400)])), 2000), "fine");
    assert_eq!(code(&polygon(&json!([aslant(2000)])), 2000), "too_intricate");
    // A zig-zag that crosses itself everywhere.
    let zigzag = ring(2000, |i| [10.0 + ((i * 997) % 1999) as f64 / 2000.0, 60.0 + (i % 2) as f64]);
    assert_eq!(code(&polygon(&json!([zigzag])), 2000), "self_intersection");
    assert_eq!(code(&multi(vec![star(1000, 0.0), star(1000, 0.001)]), 2000), "rings_cross");
    assert_eq!(code(&multi(vec![comb(1000, true), comb(1000, false)]), 2000), "rings_cross");
    // Slivers along one diagonal: all boxes overlap, no edges do.
    let slivers = |count: usize, corners: usize| {
        (0..count)
            .map(|k| {
                let shift = k as f64 * 0.01;
                ring(corners + 1, |i| {
                    let t = if i < 2 { i as f64 } else { 1.0 - (i - 1) as f64 / corners as f64 };
                    [10.0 + t - shift, 60.0 + t + shift + if i < 2 { 0.0 } else { 0.001 }]
                })
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(code(&multi(slivers(100, 4)), 2000), "fine");
    assert_eq!(code(&multi(slivers(101, 4)), 2000), "too_many_vertices");
    assert_eq!(code(&polygon(&json!([star(2001, 0.0)])), 2000), "too_many_vertices");
    // A trusted import of 200,000 positions.
    let coast = ring(200_000, |i| {
        let angle = std::f64::consts::TAU * i as f64 / 199_999.0;
        let radius = 1.0 + 0.02 * (angle * 700.0).sin() + 0.0001 * (angle * 30_011.0).sin();
        [15.0 + radius * angle.cos(), 60.0 + radius * angle.sin()]
    });
    assert_eq!(code(&polygon(&json!([coast])), 200_000), "fine");
}

/// Every polygon geometry within a GeoJSON value.
fn polygons_within(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| polygons_within(item, found)),
        Value::Object(members) => {
            if matches!(value["type"].as_str(), Some("Polygon" | "MultiPolygon")) {
                found.push(value.clone());
            }
            members.values().for_each(|member| polygons_within(member, found));
        }
        _ => {}
    }
}

#[test]
fn answers_the_collected_geojson_files() {
    let Some(folder) = shared_data::available("geojson-suite/chrieke") else { return };
    let mut answers = Vec::new();
    for class in ["valid", "invalid_geometries", "problematic_geometries"] {
        for entry in std::fs::read_dir(folder.join(class)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let Ok(value) = serde_json::from_str::<Value>(&std::fs::read_to_string(&path).expect("text")) else {
                continue;
            };
            let mut found = Vec::new();
            polygons_within(&value, &mut found);
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            answers.extend(found.iter().map(|geometry| (name.clone(), fault(geometry))));
        }
    }
    answers.sort();
    for (name, code) in &answers {
        eprintln!("{code:22} {name}");
        assert!(!name.starts_with("valid_") || *code == "fine", "{name}: {code}");
    }
    let answer = |name: &str| answers.iter().find(|(file, _)| file == name).map(|(_, code)| *code);
    assert_eq!(answer("invalid_unclosed.geojson"), Some("ring_not_closed"));
}

/// Well-known text of a POLYGON or MULTIPOLYGON as GeoJSON, made smaller by a power of two (which changes no answer) until it
/// fits the globe.
fn geojson_from_wkt(wkt: &str) -> Option<Value> {
    let (kind, body) = wkt.split_once('(')?;
    let name = match kind.trim() {
        "POLYGON" => "Polygon",
        "MULTIPOLYGON" => "MultiPolygon",
        _ => return None,
    };
    let largest =
        body.split(|c: char| "(), \n\t".contains(c)).filter_map(|word| word.parse::<f64>().ok()).fold(1.0, |a: f64, b| a.max(b.abs()));
    let scale = (80.0 / largest).log2().floor().min(0.0).exp2();
    let (mut text, mut tuple) = (String::from("["), String::new());
    for c in body.chars() {
        if !"(),".contains(c) {
            tuple.push(c);
            continue;
        }
        let numbers: Vec<f64> = tuple.split_whitespace().map(|word| word.parse().map(|n: f64| n * scale)).collect::<Result<_, _>>().ok()?;
        if !numbers.is_empty() {
            text.push_str(&json!(numbers).to_string());
        }
        tuple.clear();
        text.push(match c {
            '(' => '[',
            ')' => ']',
            _ => ',',
        });
    }
    Some(json!({ "type": name, "coordinates": serde_json::from_str::<Value>(&text).ok()? }))
}

#[test]
fn agrees_with_jts_on_validity() {
    let (mut agreed, mut cases, mut differing) = (0, 0, Vec::new());
    for file in ["TestValid.xml", "TestValid2.xml"] {
        let Some(xml) = shared_data::read(&format!("geojson-suite/jts/{file}")) else {
            return;
        };
        for case in xml.split("<case>").skip(1) {
            let between = |open: &str, close: &str| Some(case.split_once(open)?.1.split_once(close)?.0.trim());
            let Some(geometry) = between("<a>", "</a>").and_then(geojson_from_wkt) else {
                continue;
            };
            let Some(answer) = between("<op name=\"isValid\"", "</op>") else {
                continue;
            };
            let expected = answer.ends_with("true");
            cases += 1;
            let code = polygon_from_geojson(&geometry, 20_000).map_or_else(GeometryFault::code, |_| "fine");
            if expected == (code == "fine") {
                agreed += 1;
            } else {
                let title = between("<desc>", "</desc>").unwrap_or_default();
                differing.push(format!("{file}, {title}: JTS {expected}, ours {code}"));
            }
        }
    }
    eprintln!("JTS: {agreed} of {cases} alike\n{}", differing.join("\n"));
    // What the guard lets through on purpose, and nothing else.
    assert!(differing.iter().all(|line| line.contains("(interior disconnected): JTS false, ours fine")));
    assert_eq!((agreed, cases), (311, 318));
}
