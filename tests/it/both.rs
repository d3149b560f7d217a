//! Runs a test on each database.

/// Declares tests that take a fresh [`crate::app::TestApp`]; each becomes one for SQLite and one for PostgreSQL.
macro_rules! both {
    ($($(#[$doc:meta])* async fn $name:ident($app:ident) $body:block)+) => {
        $(
            $(#[$doc])*
            mod $name {
                #[allow(unused_imports, clippy::allow_attributes, reason = "a test takes from its module what it needs")]
                use super::*;

                async fn run($app: $crate::app::TestApp) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    run($crate::app::TestApp::sqlite().await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    if let Some(app) = $crate::app::TestApp::postgres().await {
                        run(app).await;
                    }
                }
            }
        )+
    };
}
