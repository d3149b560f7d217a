//! How files are written: separators, encodings, ragged rows, and what is no file at all.

use lykta::app::import::{Kind, Request};

use super::{Town, request, texts};

both! {
    async fn a_row_in_the_wrong_encoding_is_rejected_and_the_others_load(app) {
        let town = Town::with_kommun(app).await;
        let csv = b"category;lon;lat;note;Anm\xe4rkning\ndark;13.2;55.7;M\xf6rkt\ndark;13.2;55.7;ok;\n";
        let (_, refused) = town.try_import(&town.request(Kind::Reports, "header.csv", csv)).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("UTF-8")));
        let csv = b"category;lon;lat;note;other\n\
            dark;13.2;55.7;M\xf6rkt;\ndark;13.2;55.7;M\xc3\xb6rkt;unused \xe4\ndark;13.2;55.7;nul \0 inside;\n";
        let account = town.import(&town.request(Kind::Reports, "latin1.csv", csv)).await;
        assert_eq!((account.loaded, account.reasons.get("not_utf8")), (2, Some(&1)), "{account:?}");
        assert!(account.first[0].reasons[0].detail.contains("save the file as UTF-8"));
        let notes: Vec<_> = town.reports("9001").await.into_iter().filter_map(|report| report.note).collect();
        assert!(notes.contains(&"Mörkt".to_owned()) && notes.contains(&"nul  inside".to_owned()), "{notes:?}");
    }

    async fn what_does_not_read_as_a_whole_is_refused_with_a_clear_message_and_nothing_stored(app) {
        let town = Town::with_kommun(app).await;
        let before = town.changes().await;
        let point = r#"{"type":"Feature","properties":{"category":"dark"},"geometry":{"type":"Point","coordinates":[13.2,55.7]}}"#;
        let deep = format!(r#"{{"type":"FeatureCollection","features":[{point},{}{}]}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let cases: Vec<(&str, Vec<u8>, &str)> = vec![
            ("empty.csv", Vec::new(), "the first line must name the columns"),
            ("empty.geojson", Vec::new(), "EOF"),
            ("utf16.csv", b"\xff\xfec\0a\0t\0".to_vec(), "UTF-16"),
            ("other.csv", b"one,two\n1,2\n".to_vec(), "nothing fills the field category"),
            ("noplace.csv", b"category,note\ndark,x\n".to_vec(), "nothing fills the field lon"),
            ("list.json", b"[1, 2]".to_vec(), "a GeoJSON object"),
            ("type.geojson", br#"{"type":"featurecollection","features":[]}"#.to_vec(), "not GeoJSON"),
            ("object.geojson", br#"{"type":"FeatureCollection","features":{}}"#.to_vec(), "a list of features"),
            ("missing.geojson", br#"{"type":"FeatureCollection"}"#.to_vec(), "without features"),
            ("twice.geojson", br#"{"type":"FeatureCollection","features":[],"features":[]}"#.to_vec(), "twice"),
            ("cut.geojson", format!(r#"{{"type":"FeatureCollection","features":[{point},{point}"#).into_bytes(), "EOF"),
            ("tail.geojson", format!("{point} x").into_bytes(), "trailing characters"),
            ("nan.geojson", point.replace("13.2", "NaN").into_bytes(), "expected"),
            ("huge.geojson", point.replace("13.2", "1e999").into_bytes(), "out of range"),
            ("deep.geojson", deep.into_bytes(), "recursion limit"),
            ("latin1.geojson", point.replace("dark", "m\u{f6}").into_bytes().into_iter().filter(|byte| *byte != 0xc3).collect(), "unicode"),
            ("sweref.geojson", point.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"EPSG:3006"}},"#, 1).into_bytes(), "EPSG:3006"),
        ];
        for (name, content, message) in cases {
            let (account, refused) = town.try_import(&town.request(Kind::Reports, name, content)).await;
            let text = refused.expect_err(name).to_string();
            assert!(text.contains(message) && account.rows == 0, "{name}: {text}");
        }
        let (_, refused) = town.try_import(&request(Kind::Reports, town.lykta.path("absent.csv"))).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("absent.csv")));
        let (_, refused) = town.try_import(&request(Kind::Reports, town.lykta.path("."))).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("not a file")));
        assert_eq!(town.changes().await, before);
    }

    async fn what_was_asked_for_must_fit_the_file(app) {
        let town = Town::with_kommun(app).await;
        let csv = "Typ,lon,lat\nKlotter,13.2,55.7\n";
        for (map, values, message) in [
            ("kategori=Typ", "", "there is no field \"kategori\""),
            ("category=Type", "", "no column named Type; its columns are Typ, lon, lat"),
            ("category=Typ", "Klotter=graffiti", "there is no category \"graffiti\""),
            ("category=Typ,lon", "", "the file has no column named"),
        ] {
            let values = if values.is_empty() { Vec::new() } else { texts(&[values]) };
            let request = Request { map: texts(&[map]), values, ..town.request(Kind::Reports, "a.csv", csv) };
            let (account, refused) = town.try_import(&request).await;
            let text = refused.expect_err(map).to_string();
            assert!(text.contains(message) && account.rows == 0, "{text}");
        }
        let own = town.request(Kind::Reports, "a.csv", csv);
        let (_, refused) = town.try_import(&Request { report: Some(own.file.clone()), map: texts(&["category==dark"]), ..own }).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("--report")), "the report must not overwrite what is read");
        assert_eq!(std::fs::read_to_string(town.lykta.path("a.csv")).expect("still there"), csv);
    }

    async fn an_enormous_field_is_one_rejected_row_and_an_unclosed_quote_is_refused(app) {
        let town = Town::with_kommun(app).await;
        let big = format!("category,lon,lat,note\ndark,13.2,55.7,\"{}\"\ndark,13.2,55.7,small\n", "å".repeat(5 << 20));
        let account = town.import(&town.request(Kind::Reports, "big.csv", big)).await;
        assert_eq!((account.loaded, account.reasons.get("too_long")), (1, Some(&1)));
        let open = format!("category,lon,lat,note\ndark,13.2,55.7,\"{}", "x,y\n".repeat(13 << 20));
        let before = town.changes().await;
        let (account, refused) = town.try_import(&town.request(Kind::Reports, "open.csv", open)).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("a quote that is not closed")) && account.rows == 0);
        assert_eq!(town.changes().await, before);
    }
}
