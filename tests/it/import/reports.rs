//! Reports from a file, field by field.

use lykta::app::import::{Kind, Request};
use lykta::domain::actor::Actor;
use lykta::domain::codes::{Category, CloseReason, Light, Status, TimeBand};
use lykta::domain::report::When;

use super::{Town, code, texts};

both! {
    async fn every_field_of_a_swedish_spreadsheet_is_read(app) {
        let town = Town::with_kommun(app).await;
        let csv = "\u{feff}Id;Lon;Lat;Category;feeling;occurred_on;time_band;received_at;note;place_text;insecurity;risk;\
            travel_mode;perspectives;avoids;status;status_reason;answer;reporter\r\n\
            A1;13,2;55,7;dark;unsafe;2025-10-02;night;2025-10-03 08:00;Mörkt, ring 070-123 45 67;Under bron;3;2;\
            walking;woman age_65_plus;often;done;fixed;Lampan är lagad;kort 17\r\n\
            A2;13,2;55,7;well_lit;;;;2025-11-30;;;;;;;;;;;kort 17\r\n";
        let map = texts(&["status=status,status_reason=status_reason,answer=answer"]);
        let account = town.import(&Request { map, ..town.request(Kind::Reports, "egen.csv", csv) }).await;
        assert_eq!((account.loaded, account.rejected, account.masked, account.masked_rows), (2, 0, 1, 1), "{account:?}");
        let reports = town.reports("9001").await;
        let first = reports.iter().find(|report| report.category == Category::Dark).expect("A1");
        assert_eq!(first.at.map(|at| (at.lon(), at.lat())), Some((13.2, 55.7)));
        assert_eq!(first.when, When::On(jiff::civil::date(2025, 10, 2), Some(TimeBand::Night)));
        assert_eq!((first.received_at.to_string().as_str(), first.light), ("2025-10-03T06:00:00Z", Light::Dark));
        assert_eq!(first.note.as_deref(), Some("Mörkt, ring [borttaget]"));
        assert_eq!((first.status, first.status_reason), (Status::Done, Some(CloseReason::Fixed)));
        assert_eq!(first.answer.as_deref(), Some("Lampan är lagad"));
        assert_eq!((first.insecurity, first.risk, first.perspectives.0.count_ones()), (Some(3), Some(2), 2));
        let second = reports.iter().find(|report| report.category == Category::WellLit).expect("A2");
        assert_eq!(second.when, When::Unknown);
        assert_eq!(first.reporter, second.reporter, "the same card in the same quarter is one reporter");
    }

    /// The words that accuse somebody are dropped, the report is not; names and plates are masked.
    async fn a_suspicion_is_dropped_and_counted(app) {
        let town = Town::with_kommun(app).await;
        let csv = "lon,lat,category,note\n13.2,55.7,dark,Min granne säljer droger\n13.2,55.7,dark,Anna Berg såg ABC 123\n13.2,55.7,dark,Folk säljer droger\n";
        let account = town.import(&town.request(Kind::Reports, "suspicion.csv", csv)).await;
        assert_eq!((account.loaded, account.dropped, account.masked, account.masked_rows), (3, 1, 2, 1), "{account:?}");
        let mut notes: Vec<_> = town.reports("9001").await.into_iter().map(|report| report.note).collect();
        notes.sort();
        assert_eq!(notes, [None, Some("Folk säljer droger".to_owned()), Some("[borttaget] såg [borttaget]".to_owned())]);
    }

    async fn each_broken_row_is_rejected_with_the_code_of_the_api(app) {
        let town = Town::with_kommun(app).await;
        let rows = [
            ("13.2,55.7,dark,,,,,,", None),
            ("0,0,dark,,,,,,", Some("null_island")),
            (",,dark,,,,,,", Some("needs_place")),
            ("13.2,,dark,,,,,,", Some("not_a_point")),
            ("NaN,55.7,dark,,,,,,", Some("not_a_point")),
            ("1e308,55.7,dark,,,,,,", Some("out_of_range")),
            ("13.2,-1e308,dark,,,,,,", Some("out_of_range")),
            ("-40,30,dark,,,,,,", Some("outside")),
            ("18.06,59.33,dark,,,,,,", Some("inactive")),
            ("13.2,55.7,Dark,,,,,,", Some("not_allowed")),
            ("13.2,55.7,,,,,,,", Some("missing")),
            ("13.2,55.7,dark,safe,,,,,", Some("feeling_mismatch")),
            ("13.2,55.7,dark,,2999-01-01,,,,", Some("in_the_future")),
            ("13.2,55.7,dark,,1999-01-01,,,,", Some("too_old")),
            ("13.2,55.7,dark,,yesterday,,,,", Some("not_a_time")),
            ("13.2,55.7,dark,,2025-02-30,,,,", Some("not_a_date")),
            ("13.2,55.7,dark,,,4,,,", Some("out_of_range")),
            ("13.2,55.7,dark,,,2.5,,,", Some("out_of_range")),
            ("13.2,55.7,dark,,,,broom,,", Some("not_allowed")),
            ("13.2,55.7,dark,,,,,woman;cat,", Some("not_allowed")),
            ("13.2,55.7,dark,,,,,,done", Some("reason_needed")),
            ("13.2,55.7", Some("ragged")),
            ("13.2,55.7,dark,,,,,,,,,", Some("ragged")),
        ];
        let mut csv = "lon,lat,category,feeling,occurred_at,risk,travel_mode,perspectives,status\n".to_owned();
        for (row, _) in rows {
            csv.push_str(row);
            csv.push('\n');
        }
        let report = town.lykta.path("rejected.csv");
        let plain = town.request(Kind::Reports, "broken.csv", csv);
        let request = Request { report: Some(report.clone()), map: texts(&["status=status"]), ..plain };
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded), (rows.len() as u64, 1));
        let written = std::fs::read_to_string(&report).expect("the report");
        for (number, (row, expected)) in rows.iter().enumerate().map(|(at, row)| (at + 1, row)) {
            let line = written.lines().find(|line| line.starts_with(&format!("{number},rejected,")));
            let found = line.map(|line| line.split(',').nth(2).unwrap_or_default().trim_matches('"').split(' ').next().unwrap_or_default());
            assert_eq!(found, *expected, "row {number}: {row}: {line:?}");
        }
        assert_eq!(account.first.len(), 20);
        assert_eq!(town.reports("9001").await.len(), 1);
    }

    async fn identical_rows_are_different_reports_and_a_longer_file_adds_only_what_is_new(app) {
        let town = Town::with_kommun(app).await;
        let head = "category,lon,lat,note\n";
        let row = "dark,13.2,55.7,Mörkt\n";
        let account = town.import(&town.request(Kind::Reports, "a.csv", format!("{head}{row}{row}{row}"))).await;
        assert_eq!(account.loaded, 3);
        let longer = format!("{head}{row}dark,13.2,55.7,Annat\n{row}{row}{row}");
        let account = town.import(&town.request(Kind::Reports, "a.csv", longer)).await;
        assert_eq!((account.loaded, account.known), (2, 3));
        let moved = "note,lat,lon,category\nMörkt,55.7,13.2,dark\n";
        let account = town.import(&town.request(Kind::Reports, "a.csv", moved)).await;
        assert_eq!((account.loaded, account.known), (0, 1), "the order of the columns says nothing");
        let reporters: std::collections::BTreeSet<_> = town.reports("9001").await.iter().filter_map(|report| report.reporter).collect();
        assert_eq!(reporters.len(), 5, "a row is its own reporter");
    }

    async fn what_was_changed_or_withdrawn_is_told_and_not_overwritten(app) {
        let town = Town::with_kommun(app).await;
        let csv = |note: &str| format!("id,category,lon,lat,note\n1,dark,13.2,55.7,{note}\n2,dark,13.2,55.7,Två\n");
        assert_eq!(town.import(&town.request(Kind::Reports, "a.csv", csv("Ett"))).await.loaded, 2);
        let account = town.import(&town.request(Kind::Reports, "a.csv", csv("Ändrat"))).await;
        assert_eq!((account.known, account.reasons.get("id_reused")), (1, Some(&1)));
        let first = town.reports("9001").await.into_iter().find(|report| report.note.as_deref() == Some("Ett")).expect("unchanged");
        town.app.erase_report(first.id).await.expect("erased");
        let account = town.import(&town.request(Kind::Reports, "a.csv", csv("Ett"))).await;
        assert_eq!((account.loaded, account.known, account.reasons.get("withdrawn")), (0, 1, Some(&1)));
        assert_eq!(town.reports("9001").await.len(), 1);
    }

    async fn a_dry_run_foretells_the_account_and_writes_nothing(app) {
        let town = Town::with_kommun(app).await;
        let csv = "id,category,lon,lat\n1,dark,13.2,55.7\n1,dark,13.2,55.7\n2,dark,0,0\n1,hidden,13.2,55.7\n";
        let request = town.request(Kind::Reports, "a.csv", csv);
        let before = town.changes().await;
        let dry = town.import(&Request { dry_run: true, ..request.clone() }).await;
        assert_eq!(town.changes().await, before);
        assert!(town.reports("9001").await.is_empty());
        let wet = town.import(&request).await;
        assert_eq!((dry.loaded, dry.known, &dry.reasons), (wet.loaded, wet.known, &wet.reasons));
        assert_eq!((wet.loaded, wet.known, wet.rejected), (1, 1, 2));
    }

    async fn words_alone_need_a_kommun_and_wait_for_a_planner(app) {
        let town = Town::with_kommun(app).await;
        let csv = "category,lon,lat,place_text\ndark,,,Bakom kyrkan\n";
        let request = town.request(Kind::Reports, "ord.csv", csv);
        assert_eq!(town.import(&request).await.reasons.get("needs_place"), Some(&1));
        let account = town.import(&Request { municipality: code("9001"), ..request }).await;
        assert_eq!(account.loaded, 1);
        let report = town.reports("9001").await.pop().expect("there");
        assert_eq!((report.at, report.place_text.as_deref()), (None, Some("Bakom kyrkan")));
    }

    async fn geojson_points_and_values_of_another_system(app) {
        let town = Town::with_kommun(app).await;
        let geojson = r#"{"features":[
            {"type":"Feature","properties":{"Typ":"Klotter","Vem":7,"Hur":["woman","stroller"]},"geometry":{"type":"Point","coordinates":[13.2,55.7,12]}},
            {"type":"Feature","properties":{"Typ":"Annat"},"geometry":{"type":"Point","coordinates":[13.2,55.7]}},
            {"type":"Feature","properties":{"Typ":"Annat"},"geometry":{"type":"LineString","coordinates":[[13.2,55.7],[13.3,55.7]]}},
            {"type":"Feature","properties":{"Typ":{"a":1}},"geometry":null}], "type":"FeatureCollection"}"#;
        let request = Request {
            map: texts(&["category=Typ,reporter=Vem", "perspectives=Hur"]),
            values: texts(&["Klotter=damage_graffiti", "*=other_unsafe"]),
            ..town.request(Kind::Reports, "annat.geojson", geojson)
        };
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded), (4, 2), "{account:?}");
        assert_eq!(account.reasons.keys().copied().collect::<Vec<_>>(), ["needs_place", "not_a_point"]);
        let graffiti = town.reports("9001").await.into_iter().find(|report| report.category == Category::DamageGraffiti).expect("there");
        assert_eq!(graffiti.perspectives.0.count_ones(), 2);
    }

    async fn a_running_server_follows_an_import(app) {
        let town = Town::with_kommun(app).await;
        let server = town.lykta.another().await.app;
        let csv = format!("category,lon,lat\n{}", "dark,13.2,55.7\n".repeat(1_200));
        assert_eq!(town.import(&town.request(Kind::Reports, "a.csv", csv)).await.loaded, 1_200);
        let query = lykta::app::query::ReportQuery { municipality: code("9001"), ..Default::default() };
        let started = std::time::Instant::now();
        loop {
            let page = server.list_reports(&Actor::Operator, &query, None, 1).await.expect("a page");
            if page.total == 1_200 {
                break;
            }
            assert!(started.elapsed().as_secs() < 10, "the server sees {} of 1,200", page.total);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    }
}
