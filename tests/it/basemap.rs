//! The base map's file by byte ranges, as MapLibre asks for it (T33).

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::app::{Answer, TestApp};

/// A file that begins like PMTiles v3 with vector tiles, then counts.
fn map(length: usize) -> Vec<u8> {
    let mut bytes = b"PMTiles\x03".to_vec();
    bytes.extend((8..length).map(|at| at as u8));
    bytes[99] = 1;
    bytes
}

async fn tiles(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get("/basemap/tiles.pmtiles");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_part_of_the_map_is_sent_as_it_was_asked_for() {
    let (app, bytes) = (TestApp::sqlite().await, map(1_000));
    let file = app.path("map.pmtiles");
    std::fs::write(&file, &bytes).unwrap();
    let app = app.with_basemap(&file).await;

    let whole = tiles(&app, &[]).await;
    assert_eq!((whole.status, whole.header("accept-ranges"), whole.bytes == bytes), (StatusCode::OK, "bytes", true));
    let etag = whole.header("etag").to_owned();

    let part = tiles(&app, &[("range", "bytes=10-19")]).await;
    assert_eq!(
        (part.status, part.header("content-range"), part.header("content-length")),
        (StatusCode::PARTIAL_CONTENT, "bytes 10-19/1000", "10")
    );
    assert_eq!(part.bytes, bytes[10..20]);
    assert_eq!(tiles(&app, &[("range", "bytes=-5")]).await.bytes, bytes[995..]);
    assert_eq!(tiles(&app, &[("range", "bytes=10-19"), ("if-range", &etag)]).await.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(tiles(&app, &[("range", "bytes=10-19"), ("if-range", "\"another\"")]).await.bytes, bytes, "of another map: the whole");
    assert_eq!(tiles(&app, &[("range", "bytes=0-1,5-6")]).await.status, StatusCode::OK, "several");

    for beyond in ["bytes=1000-", "bytes=-0"] {
        let none = tiles(&app, &[("range", beyond)]).await;
        let kind = none.json()["type"].clone();
        assert_eq!(
            (none.status, none.header("content-range"), kind),
            (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */1000", "/problems/range".into())
        );
    }
}

#[tokio::test]
async fn a_map_that_was_replaced_is_another_map() {
    let app = TestApp::sqlite().await;
    let file = app.path("map.pmtiles");
    std::fs::write(&file, map(1_000)).unwrap();
    let app = app.with_basemap(&file).await;
    let etag = tiles(&app, &[]).await.header("etag").to_owned();

    // Of the same length, made at another moment.
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
    let same_length = tiles(&app, &[("range", "bytes=0-9"), ("if-range", &etag)]).await;
    assert_eq!(same_length.status, StatusCode::OK, "the range would be of another map");
    assert_ne!(same_length.header("etag"), etag);

    std::fs::write(&file, map(500)).unwrap();
    let shorter = tiles(&app, &[]).await;
    assert_eq!((shorter.header("content-length"), shorter.bytes.len()), ("500", 500));
    assert_eq!(tiles(&app, &[("range", "bytes=600-700")]).await.header("content-range"), "bytes */500");

    std::fs::write(&file, []).unwrap();
    assert_eq!(tiles(&app, &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
}
