//! Agreements, and what they promise.

use lykta::app::import::{Kind, Request};
use lykta::domain::ids::MunicipalityCode;
use serde_json::json;

use super::Town;

const AGREEMENTS: &str = "title,kind,dnr,valid_from,valid_to,parties,signers,purposes,purposes_en\n\
    Trygga Olofström,operative,KS 2026/17,2026-01-01,2029-12-31,Olofströms kommun (kommun)|Polismyndigheten (police),Kommunstyrelsens ordförande|Lokalpolischef,Trygghet.|Mindre brott.,Safety.|Less crime.\n\
    Bakvänt,,,2029-01-01,2026-01-01,,,,\n\
    Utan dagar,,,,31 mars,,,,\n\
    Okänd part,,,2026-01-01,2027-01-01,Grannen (granne)|(kommun)|Bara namn,,,\n\
    Olika många,,,2026-01-01,2027-01-01,,,Ett.|Två.,One.\n\
    Trygga Olofström,,,2026-01-01,2029-12-31,,,,\n";

const PLEDGES: &str = "text;text_en;promisor;focus_area\n\
    Vi lagar trasig belysning inom två veckor.;We mend broken lights within two weeks.;kommun;Belysning\n\
    Vi går en trygghetsvandring i varje tätort varje höst.;;;\n\
    Något annat.;;grannen;\n\
    Något tredje.;;police;Finns inte\n";

both! {
    /// The whole chain of an agreement comes in by files: the agreement, its focus areas, its pledges; each row told of, twice changes nothing.
    async fn an_agreement_comes_in_with_its_areas_and_pledges(app) {
        let town = Town::new(app).await;
        town.lykta.activate("1060").await;
        let olofstrom = |kind, name: &str, content: &str| Request { municipality: MunicipalityCode::parse("1060"), ..town.request(kind, name, content) };
        let orphan = town.import(&olofstrom(Kind::Pledges, "loften.csv", PLEDGES)).await;
        assert_eq!((orphan.loaded, orphan.rejected), (0, 4), "without an agreement there is nothing to promise: {orphan:?}");

        let agreements = olofstrom(Kind::Agreements, "avtal.csv", AGREEMENTS);
        let account = town.import(&agreements).await;
        assert_eq!((account.rows, account.loaded, account.replaced, account.rejected), (6, 1, 0, 5), "{account:?}");
        let codes: Vec<Vec<&str>> = account.first.iter().map(|row| row.reasons.iter().map(|reason| reason.code).collect()).collect();
        assert_eq!(codes, [vec!["conflicts"], vec!["missing", "not_a_date"], vec!["not_allowed"; 3], vec!["conflicts"], vec!["duplicate"]]);
        let areas = "title,categories\nBelysning,dark lighting_broken\n";
        assert_eq!(town.import(&olofstrom(Kind::FocusAreas, "omraden.csv", areas)).await.loaded, 1);
        let pledges = olofstrom(Kind::Pledges, "loften.csv", PLEDGES);
        let account = town.import(&pledges).await;
        assert_eq!((account.loaded, account.rejected), (2, 2), "{account:?}");

        let kommun = town.lykta.get("/api/v1/municipalities/1060").await.json();
        let agreement = &kommun["properties"]["agreements"][0];
        assert_eq!(agreement["title"], "Trygga Olofström");
        assert_eq!(agreement["parties"], json!([{"name": "Olofströms kommun", "kind": "kommun"}, {"name": "Polismyndigheten", "kind": "police"}]));
        assert_eq!(agreement["purposes"][1], json!({"sv": "Mindre brott.", "en": "Less crime."}));
        let promised = agreement["pledges"].as_array().expect("pledges");
        assert_eq!(promised.len(), 2, "{kommun}");
        let lights = promised.iter().find(|pledge| pledge["promisor"] == "kommun").expect("the pledge on lights");
        assert!(lights["focus_area"].is_string() && lights["text"]["en"] == "We mend broken lights within two weeks.");

        let again = town.import(&agreements).await;
        assert_eq!((again.loaded, again.known), (0, 1), "{again:?}");
        let again = town.import(&pledges).await;
        assert_eq!((again.loaded, again.known), (0, 2), "{again:?}");
        let longer = town.import(&olofstrom(Kind::Agreements, "avtal2.csv", &AGREEMENTS.replace("2029-12-31,Olof", "2030-12-31,Olof"))).await;
        assert_eq!((longer.loaded, longer.replaced), (1, 1), "{longer:?}");
        assert_eq!(town.lykta.get("/api/v1/municipalities/1060").await.json()["properties"]["agreements"][0]["valid_to"], "2030-12-31");
        assert!(town.app.check().await.expect("checked").is_sound());
    }
}
