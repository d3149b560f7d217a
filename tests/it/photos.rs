//! Photos of a report: what is kept of a file, who sees it when, and that it goes.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat, Rgb, RgbImage};
use lykta::domain::moderation::Moderation;
use lykta::domain::party::PartyKind;
use lykta::domain::permission::Role;
use serde_json::{Value, json};

use crate::app::{Answer, TestApp, a_report, new_id, shared, skipped};

/// What a file holds beside its picture.
const SECRET: &str = "59.33258 N 18.06490 E taken by Anna Berg";

/// Left half red, right half blue, with a place and a name in every part of a JPEG that can hold them, turned as a telephone turns it (Exif orientation 6).
fn with_everything(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 10, 10]) } else { Rgb([10, 10, 220]) });
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 95).encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker][..], &length, content].concat()
    };
    // Exif 2.32: one directory with Orientation = 6 and ImageDescription.
    let description = [SECRET.as_bytes(), b"\0"].concat();
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x0e, 0, 2]);
    exif.extend(u32::try_from(description.len()).unwrap().to_be_bytes());
    exif.extend(38_u32.to_be_bytes());
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(description);
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{SECRET}</x:xmpmeta>");
    let iptc = [b"Photoshop 3.0\0", SECRET.as_bytes()].concat();
    [
        &plain[..2],
        &segment(0xe1, &exif),
        &segment(0xe1, xmp.as_bytes()),
        &segment(0xed, &iptc),
        &segment(0xfe, SECRET.as_bytes()),
        &plain[2..],
        b"PK\x03\x04",
        SECRET.as_bytes(),
    ]
    .concat()
}

pub(crate) fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 7_u32;
    let picture = RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb([(state >> 24) as u8, (state >> 16) as u8, (state >> 8) as u8])
    });
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

pub(crate) async fn send(app: &TestApp, receipt: &str, id: &str, kind: &str, bytes: Vec<u8>) -> Answer {
    let request = Request::put(format!("/api/v1/photos/{id}")).header("lykta-receipt", receipt).header(header::CONTENT_TYPE, kind);
    app.send(request.body(Body::from(bytes)).unwrap()).await
}

async fn review(app: &TestApp, cookie: &str, id: &str, body: Value) -> Answer {
    app.as_holder(Method::PUT, cookie, &format!("/api/v1/photos/{id}/review"), Some(body)).await
}

/// Files of pictures, whatever they are.
fn files(app: &TestApp) -> Vec<Vec<u8>> {
    fn walk(folder: &std::path::Path, found: &mut Vec<Vec<u8>>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(std::fs::read(entry.path()).unwrap()) }
        }
    }
    let name = app.settings.keys.file_name().unwrap().to_string_lossy().into_owned();
    let folder = app.settings.keys.with_file_name(format!("{}.photos", name.strip_suffix(".keys.json").unwrap_or(&name)));
    let mut found = Vec::new();
    walk(&folder, &mut found);
    found
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn a_report_with_receipt(app: &TestApp) -> (String, String) {
    app.activate("1060").await;
    let sent = app.report(a_report(json!({"category": "lighting_broken", "note": "Lampan är släckt."}))).await;
    (sent["id"].as_str().unwrap().to_owned(), sent["receipt"].as_str().unwrap().to_owned())
}

async fn moderator(app: &TestApp) -> String {
    let party = app.party(PartyKind::Municipality, &["1060"]).await;
    app.member(Role::Moderator, &party).await.1
}

both! {
    /// Only the picture is kept, turned as it was held; nobody but those who may read the report sees it until a moderator says so, and then only with the report.
    async fn a_photo_is_stripped_and_unseen_until_it_is_shown(app) {
        let (report, receipt) = a_report_with_receipt(&app).await;
        let (id, file) = (new_id(), with_everything(400, 200));
        assert!(holds(&file, SECRET), "the control: it is in the file");
        let sent = send(&app, &receipt, &id, "image/jpeg", file.clone()).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&sent.bytes));
        assert_eq!(sent.json(), json!({"id": id, "state": "waiting", "width": 200, "height": 400}));
        assert_eq!(send(&app, &receipt, &id, "image/jpeg", file.clone()).await.status, StatusCode::OK, "sent again");
        assert_eq!(send(&app, &receipt, &id, "image/png", noise(9, 9)).await.status, StatusCode::CONFLICT, "another photo's id");
        let kept = files(&app);
        assert_eq!(kept.len(), 2, "the picture and the small one");
        for bytes in &kept {
            assert!(!holds(bytes, SECRET) && !holds(bytes, "Exif") && !holds(bytes, "ICC_PROFILE") && !holds(bytes, "http"), "metadata is kept");
        }

        let path = format!("/api/v1/photos/{id}");
        let seen = app.plan(&path).await;
        assert_eq!((seen.status, seen.header("content-type"), seen.header("cache-control")), (StatusCode::OK, "image/jpeg", "private, no-store"));
        assert_eq!((seen.header("x-content-type-options"), seen.header("content-security-policy")), ("nosniff", "default-src 'none'; sandbox"));
        let picture = image::load_from_memory(&seen.bytes).unwrap().into_rgb8();
        assert_eq!(picture.dimensions(), (200, 400));
        // Turned a quarter clockwise: what was to the left is above.
        assert!(picture.get_pixel(100, 50).0[0] > 150 && picture.get_pixel(100, 350).0[2] > 150, "held as it was");
        let small = image::load_from_memory(&app.plan(&format!("{path}/thumbnail")).await.bytes).unwrap();
        assert_eq!((small.width(), small.height()), (160, 320));

        let cookie = moderator(&app).await;
        let everybody = async || (app.get(&path).await.status.as_u16(), app.get(&format!("{path}/thumbnail")).await.status.as_u16(), app.get(&format!("/api/v1/reports/{report}/photos")).await.status.as_u16());
        assert_eq!(everybody().await, (404, 404, 404));
        assert_eq!(review(&app, &cookie, &id, json!({"state": "shown"})).await.status, StatusCode::OK);
        assert_eq!(everybody().await, (404, 404, 404), "its report is not shown");
        app.moderate(&report, Moderation::Shown).await;
        assert_eq!(everybody().await, (200, 200, 200));
        assert_eq!(review(&app, &cookie, &id, json!({"state": "rejected"})).await.status, StatusCode::OK);
        assert_eq!(everybody().await, (404, 404, 200));
        assert_eq!(app.get(&format!("/api/v1/reports/{report}/photos")).await.json()["photos"], json!([]));
        let own = app.call(Method::GET, "/api/v1/receipts/photos", None, &[("lykta-receipt", &receipt)]).await.json();
        assert_eq!(own["photos"], json!([{"id": id, "state": "rejected", "width": 200, "height": 400}]), "she hears of it");

        for _ in 0..4 {
            assert_eq!(send(&app, &receipt, &new_id(), "image/png", noise(8, 8)).await.status, StatusCode::CREATED);
        }
        assert_eq!(send(&app, &receipt, &new_id(), "image/png", noise(8, 8)).await.json()["type"], "/problems/too-many");
        assert_eq!(send(&app, "0000-0000-0000-0000", &new_id(), "image/png", noise(8, 8)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.call(Method::DELETE, &path, None, &[("lykta-receipt", &receipt)]).await.status, StatusCode::NO_CONTENT);
        app.app.scrub().await.unwrap();
        assert_eq!((files(&app).len(), app.plan(&path).await.status), (8, StatusCode::NOT_FOUND));
        app.advance(jiff::SignedDuration::from_hours(73));
        assert_eq!(send(&app, &receipt, &new_id(), "image/png", noise(8, 8)).await.json()["type"], "/problems/over");

        app.app.backup(&app.path("copy")).await.unwrap();
        let url = format!("sqlite://{}", app.path("restored.db").display());
        lykta::app::backup::restore(&app.path("copy"), &url, &app.path("restored.keys.json")).await.unwrap();
        let restored: usize = walkdir_count(&app.path("restored.photos"));
        assert_eq!(restored, 8, "a backup holds the pictures");
        std::fs::remove_dir_all(app.path("copy/photos")).unwrap();
        assert!(lykta::app::backup::verify(&app.path("copy")).await.is_err(), "and misses them");

        assert_eq!(app.delete("/api/v1/receipts", json!({"receipt": receipt})).await.status, StatusCode::NO_CONTENT);
        app.app.scrub().await.unwrap();
        assert!(files(&app).is_empty(), "gone with the report");
        assert!(app.app.check().await.unwrap().is_sound());
    }

    /// What a moderator hides is gone from the pixels, the picture from before is gone from the store, and undoing does not bring it back.
    async fn what_is_hidden_is_hidden_in_the_pixels(app) {
        let (_, receipt) = a_report_with_receipt(&app).await;
        let id = new_id();
        assert_eq!(send(&app, &receipt, &id, "image/png", noise(240, 160)).await.status, StatusCode::CREATED);
        let before = files(&app);
        let path = format!("/api/v1/photos/{id}");
        let pixels = async || image::load_from_memory(&app.plan(&path).await.bytes).unwrap().into_rgb8();
        let original = pixels().await;
        let cookie = moderator(&app).await;
        for part in [json!({"x": 200, "y": 0, "width": 41, "height": 10}), json!({"x": 0, "y": 0, "width": 0, "height": 10})] {
            let refused = review(&app, &cookie, &id, json!({"state": "shown", "hidden": [part]})).await;
            assert_eq!(refused.faults(), [("/hidden/0".to_owned(), "outside_picture".to_owned())]);
        }
        let part = json!({"x": 40, "y": 40, "width": 64, "height": 64});
        assert_eq!(review(&app, &cookie, &id, json!({"state": "shown", "hidden": [part]})).await.status, StatusCode::OK);
        let hidden = pixels().await;
        let tones = |picture: &RgbImage, x: u32, y: u32| {
            let all: std::collections::BTreeSet<[u8; 3]> = (0..64 * 64).map(|at| picture.get_pixel(x + at % 64, y + at / 64).0.map(|value| value / 16)).collect();
            all.len()
        };
        assert!(tones(&hidden, 40, 40) <= 40, "a few blocks are left of it: {}", tones(&hidden, 40, 40));
        assert!(tones(&original, 40, 40) > 300 && tones(&hidden, 150, 40) > 300, "the control: the rest is as it was");
        let after = files(&app);
        assert_eq!(after.len(), 2);
        assert!(after.iter().all(|file| !before.contains(file)), "neither picture from before is there");
        assert_eq!(review(&app, &cookie, &id, json!({"state": "waiting"})).await.status, StatusCode::OK);
        assert_eq!(pixels().await, hidden, "taking it back brings nothing back");
    }

    /// A file that lies, breaks off or swells is refused with a reason and leaves nothing.
    async fn hostile_files_are_refused(app) {
        let (_, receipt) = a_report_with_receipt(&app).await;
        let jpeg = with_everything(400, 200);
        let mut bomb = noise(8, 8);
        // The header of a PNG that would be 60,000 pixels square.
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let mut wide = noise(8, 8);
        wide[16..24].copy_from_slice(&[0, 0, 0x1f, 0x40, 0, 0, 0x1f, 0x40]);
        let crc = |bytes: &mut Vec<u8>| {
            let mut hasher = flate2::Crc::new();
            hasher.update(&bytes[12..29]);
            bytes[29..33].copy_from_slice(&hasher.sum().to_be_bytes());
        };
        crc(&mut bomb);
        crc(&mut wide);
        for (what, kind, bytes, code) in [
            ("text", "image/jpeg", b"not a picture at all".to_vec(), "not_a_picture"),
            ("a page", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>".to_vec(), "not_a_picture"),
            ("a GIF", "image/jpeg", b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec(), "not_a_picture"),
            ("nothing", "image/webp", Vec::new(), "not_a_picture"),
            ("the beginning of a JPEG", "image/jpeg", jpeg[..80].to_vec(), "broken_picture"),
            ("a bomb", "image/png", bomb, "too_many_pixels"),
            ("64 million pixels", "image/png", wide, "too_many_pixels"),
        ] {
            let answer = send(&app, &receipt, &new_id(), kind, bytes).await;
            assert_eq!((answer.status, answer.faults()), (StatusCode::UNPROCESSABLE_ENTITY, vec![(String::new(), code.to_owned())]), "{what}");
        }
        assert_eq!(send(&app, &receipt, &new_id(), "image/jpeg", vec![0; 8 * 1024 * 1024 + 1]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(send(&app, &receipt, &new_id(), "image/gif", jpeg.clone()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(send(&app, &receipt, "6f2c1f0a-3c1b-1a55-9d1e-0a4f7b8c9d10", "image/jpeg", jpeg.clone()).await.faults()[0].1, "not_uuid_v4");
        assert!(files(&app).is_empty(), "nothing refused leaves a trace");
        assert_eq!(send(&app, &receipt, &new_id(), "image/png", jpeg).await.status, StatusCode::CREATED, "what it is, not what it is called");
    }
}

fn walkdir_count(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder).unwrap().flatten().map(|entry| if entry.path().is_dir() { walkdir_count(&entry.path()) } else { 1 }).sum()
}

/// The files that others made to hurt or to tell: every one is refused or comes out as a picture and nothing else.
#[test]
fn the_shared_corpora_come_out_clean_or_not_at_all() {
    let mut tried = [0, 0];
    for folder in ["images-hostile", "exif"] {
        let Some(path) = shared(folder) else { return skipped("shared pictures") };
        let mut stack = vec![path];
        while let Some(next) = stack.pop() {
            for entry in std::fs::read_dir(next).unwrap().flatten() {
                if entry.path().is_dir() {
                    stack.push(entry.path());
                    continue;
                }
                let Ok(bytes) = std::fs::read(entry.path()) else { continue };
                match lykta::app::photos::picture::read(&bytes) {
                    Ok(picture) => {
                        tried[0] += 1;
                        for kept in [&picture.jpeg, &picture.thumbnail] {
                            let name = entry.path();
                            assert!(
                                ["Exif", "http", "ICC_PROFILE", "Photoshop", "GPS"].iter().all(|mark| !holds(kept, mark)),
                                "{}",
                                name.display()
                            );
                        }
                        assert!(picture.width <= 1_600 && picture.height <= 1_600);
                    }
                    Err(_) => tried[1] += 1,
                }
            }
        }
    }
    println!("shared pictures: {} came out clean, {} were refused", tried[0], tried[1]);
    assert!(tried[0] + tried[1] > 10, "{tried:?}");
}
