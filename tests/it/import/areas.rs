//! Focus areas and place names from a file.

use lykta::app::import::{Kind, Request};
use lykta::app::reports::areas_of;
use serde_json::json;

use super::{Town, code, texts};

fn areas(east: f64) -> String {
    let ring = [[13.1, 55.6], [east, 55.6], [east, 55.8], [13.1, 55.8], [13.1, 55.6]];
    json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"title": "Stationen", "categories": []}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"type": "Feature", "properties": {"title": "Trafik", "title_en": "Traffic", "categories": "speeding, unsafe_crossing"}, "geometry": null},
        {"type": "Feature", "properties": {"title": "Stationen", "categories": ["dark"]}, "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"type": "Feature", "properties": {"title": "Felstavat", "categories": ["darkk"]}, "geometry": null},
        {"type": "Feature", "properties": {"title": "Utanför", "kind": "place"}, "geometry":
            {"type": "Polygon", "coordinates": [[[55.6, 13.1], [55.8, 13.1], [55.8, 13.3], [55.6, 13.1]]]}}]})
    .to_string()
}

both! {
    async fn areas_make_their_agreement_and_a_changed_polygon_relinks(app) {
        let town = Town::with_kommun(app).await;
        let csv = "category,lon,lat\ndark,13.25,55.7\n";
        assert_eq!(town.import(&town.request(Kind::Reports, "a.csv", csv)).await.loaded, 1);
        let report = town.reports("9001").await.pop().expect("one report");
        let linked = || {
            let kommun = town.app.registry().kommun(report.municipality).expect("9001").clone();
            areas_of(&kommun, &report).iter().map(|area| area.title.sv.clone()).collect::<Vec<_>>()
        };
        let request = Request { municipality: code("9001"), ..town.request(Kind::FocusAreas, "areas.geojson", areas(13.2)) };
        let (account, refused) = town.try_import(&request).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("--map agreement==TITLE")) && account.rows == 0);
        let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
        let term = (day("2026-01-01"), day("2029-12-31"));
        let request = Request { map: texts(&["agreement==Överenskommelse 2026–2029"]), valid: term, ..request };
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded), (5, 2), "{account:?}");
        assert_eq!(account.reasons.into_iter().collect::<Vec<_>>(), [("duplicate", 1), ("not_allowed", 1), ("outside", 1)]);
        let kommun = town.app.registry().kommun(report.municipality).expect("9001").clone();
        assert_eq!((kommun.agreements.len(), kommun.agreements[0].title.as_str()), (1, "Överenskommelse 2026–2029"));
        let listed: Vec<_> = kommun.areas.iter().map(|area| (area.position, area.title.en.as_str())).collect();
        assert_eq!(listed, [(1, "Stationen"), (2, "Traffic")]);
        assert!(linked().is_empty());
        let before = town.changes().await;
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.known), (0, 2));
        assert_eq!(town.changes().await, before);
        let wider = Request { map: Vec::new(), valid: (None, None), ..town.request(Kind::FocusAreas, "areas.geojson", areas(13.3)) };
        let account = town.import(&Request { municipality: code("9001"), ..wider }).await;
        assert_eq!((account.loaded, account.replaced, account.known), (1, 1, 1), "goes to the latest agreement");
        assert_eq!(linked(), ["Stationen"]);
        assert_eq!(town.changes().await, before + 1);
    }

    async fn place_names_feed_the_search(app) {
        let town = Town::with_kommun(app).await;
        let school = "Bäckaskolan\t13.2\t55.7\tschool\n";
        let csv = format!("name\tlongitude\tlatitude\tkind\n{school}{school}Nowhere\t-40\t30\t\n\t13.2\t55.7\t\nTorget\t13.21\t55.7\t\n");
        let request = town.request(Kind::Places, "platser.tsv", csv);
        let dry = town.import(&Request { dry_run: true, ..request.clone() }).await;
        assert!(town.app.search_places("backask", None, 5).is_empty());
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded, account.known), (5, 2, 1), "{account:?}");
        assert_eq!((dry.loaded, dry.known, &dry.reasons), (account.loaded, account.known, &account.reasons));
        assert_eq!(account.reasons.keys().copied().collect::<Vec<_>>(), ["missing", "outside"]);
        let found = town.app.search_places("backask", None, 5);
        assert_eq!(found.len(), 1);
        let place = &found[0].place;
        assert_eq!((place.name.as_str(), place.kind.as_str(), place.source.as_str()), ("Bäckaskolan", "school", "import:platser.tsv"));
        assert_eq!(town.app.search_places("torget", None, 5)[0].place.kind, "place");
        let before = town.changes().await;
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.known), (0, 3));
        assert_eq!(town.changes().await, before);
    }
}
