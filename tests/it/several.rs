//! Several processes on one database.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::app::a_report;

both! {
    /// A report to one process is on the other's heatmap within a second.
    async fn a_second_process_sees_a_new_report_within_a_second(app) {
        app.activate("1060").await;
        let other = app.another().await;
        assert_eq!(other.total("1060").await, 0);
        for expected in 1..=5 {
            app.report(a_report(json!({}))).await;
            let sent = Instant::now();
            while other.total("1060").await < expected {
                assert!(sent.elapsed() < Duration::from_secs(1), "the second process does not see report {expected}");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        let heatmap = other.plan("/api/v1/heatmap?municipality=1060").await.json();
        assert_eq!(heatmap["total"], 5);
    }

    /// Both may write; the log stays one log.
    async fn two_processes_write_one_log(app) {
        app.activate("1060").await;
        app.activate("0780").await;
        let other = app.another().await;
        let sends: Vec<_> = (0..30)
            .map(|at| {
                let (app, other) = (app.clone(), other.clone());
                tokio::spawn(async move {
                    let place = if at % 3 == 0 { json!([14.8059, 56.8777]) } else { json!([14.5315, 56.2765]) };
                    let body = a_report(json!({"location": {"type": "Point", "coordinates": place}}));
                    let process = if at % 2 == 0 { app } else { other };
                    process.report(body).await;
                })
            })
            .collect();
        for send in sends {
            send.await.unwrap();
        }
        let report = app.app.check().await.unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!(app.total("1060").await + app.total("0780").await, 30);
    }
}
