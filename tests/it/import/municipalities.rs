//! Which kommuner take reports, and whom to turn to.

use axum::http::StatusCode;
use lykta::app::import::Kind;
use serde_json::json;

use super::Town;
use crate::app::a_report;

const PROFILES: &str = "code;active;fault_report_url;controller;controller_contact;dpo_contact\n\
    1060;ja;https://kommun.example/fel;Kommunstyrelsen;via växeln;dataskyddsombudet via växeln\n\
    780;nej;;;;\n\
    4711;ja;;;;\n\
    1862;kanske;;;;\n\
    1862;ja;javascript:alert(1);;;\n";

both! {
    /// A kommun sleeps until its operator says otherwise; bad rows are told apart and change nothing.
    async fn a_kommun_takes_reports_from_the_moment_its_profile_says_so(app) {
        let town = Town::new(app).await;
        let before = town.lykta.post("/api/v1/reports", a_report(json!({}))).await;
        assert_eq!(before.status, StatusCode::UNPROCESSABLE_ENTITY);
        let request = town.request(Kind::Municipalities, "kommuner.csv", PROFILES);
        let account = town.import(&request).await;
        assert_eq!((account.rows, account.loaded, account.known, account.rejected), (5, 1, 1, 3), "{account:?}");
        assert_eq!(
            account.reasons.iter().map(|(code, n)| (*code, *n)).collect::<Vec<_>>(),
            [("not_allowed", 1), ("unknown_municipality", 1), ("unreadable", 1)]
        );
        town.lykta.report(a_report(json!({}))).await;
        let kommun = town.lykta.get("/api/v1/municipalities/1060").await.json();
        assert_eq!((kommun["properties"]["active"].clone(), kommun["properties"]["contacts"]["controller"].clone()), (json!(true), json!("Kommunstyrelsen")));
        let again = town.import(&request).await;
        assert_eq!((again.loaded, again.known, again.rejected), (0, 2, 3));
    }

    /// The first row of a kommun counts; a second import finds everything as it is.
    async fn two_profiles_of_one_kommun_do_not_take_turns(app) {
        let town = Town::new(app).await;
        let csv = "code,active,controller\n1060,ja,Kommunstyrelsen\n1060,nej,Någon annan\n";
        let request = town.request(Kind::Municipalities, "kommuner.csv", csv);
        let account = town.import(&request).await;
        assert_eq!((account.loaded, account.known, account.reasons.get("duplicate")), (1, 0, Some(&1)));
        let changes = town.changes().await;
        let again = town.import(&request).await;
        assert_eq!((again.loaded, again.known, again.reasons.get("duplicate")), (0, 1, Some(&1)));
        assert_eq!(town.changes().await, changes);
    }
}
