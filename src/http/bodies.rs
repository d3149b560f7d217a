//! Large answers, compressed once: kept under their ETag as they were sent, so that asking again costs neither counting nor compressing.
//!
//! Compression was chosen by measurement (638 KB of cells): zstd at level 1 takes 1.3 ms, gzip at level 1 2.3 ms, Brotli at its usual
//! level 15 ms for a tenth less, so Brotli is left to files that are compressed when they are built.

use std::io::Write;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use super::answer::known_tag;
use super::problem::{Kind, Problem};

/// Answers that are expected. So few make one shard: each of several keeps its share of the bytes only, and no large answer.
const ANSWERS: usize = 32;
/// Bytes that are kept at most.
const KEPT: u64 = 64 << 20;
/// A shorter answer is sent as it is.
const WORTHWHILE: usize = 1_024;

/// How an answer is written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Coding {
    Zstd,
    Gzip,
    Identity,
}

impl Coding {
    const ALL: [Self; 3] = [Self::Zstd, Self::Gzip, Self::Identity];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The first of ours that the caller takes (RFC 9110 § 12.5.3).
    fn wanted(headers: &HeaderMap) -> Self {
        let asked = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let asked: Vec<(&str, bool)> = asked
            .flat_map(|value| value.split(','))
            .map(|one| {
                let (name, weight) = one.split_once(';').unwrap_or((one, ""));
                let refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
                (name.trim(), !refused)
            })
            .collect();
        let takes = |name: &str| {
            let says = |name: &str| asked.iter().find(|(asked, _)| asked.eq_ignore_ascii_case(name)).map(|(_, takes)| *takes);
            says(name).or_else(|| says("*")).unwrap_or(false)
        };
        Self::ALL.into_iter().find(|coding| takes(coding.as_str())).unwrap_or(Self::Identity)
    }

    fn encode(self, plain: Vec<u8>) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Zstd => zstd::bulk::compress(&plain, 1),
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(plain.len() / 4), flate2::Compression::fast());
                encoder.write_all(&plain)?;
                encoder.finish()
            }
            Self::Identity => Ok(plain),
        }
    }
}

#[derive(Clone, Debug)]
struct ByBytes;

impl Weighter<(String, Coding), Kept> for ByBytes {
    fn weight(&self, (etag, _): &(String, Coding), kept: &Kept) -> u64 {
        (etag.len() + kept.bytes.len() + 128) as u64
    }
}

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The caller's own browser.
    Caller,
    /// Whoever it passes.
    Everybody,
}

/// An answer as it goes over the wire.
#[derive(Clone, Debug)]
struct Kept {
    coding: Coding,
    bytes: Bytes,
}

/// The answers that are kept, and the places for making one.
#[derive(Debug)]
pub struct Bodies {
    kept: Cache<(String, Coding), Kept, ByBytes>,
    /// Apart, so that what planners have computed makes nobody else wait.
    for_callers: Arc<Semaphore>,
    for_everybody: Arc<Semaphore>,
}

impl Default for Bodies {
    fn default() -> Self {
        let makers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let places = || Arc::new(Semaphore::new(makers));
        Self { kept: Cache::with_weighter(ANSWERS, KEPT, ByBytes), for_callers: places(), for_everybody: places() }
    }
}

impl Bodies {
    /// An answer under its strong ETag: 304 when the caller has it, as it was kept when it is, else made now,
    /// on a thread that may compute; once, however many ask for it at the same time. `etag` must name everything that the answer depends on
    /// beside the program.
    pub async fn answer(
        &self,
        headers: &HeaderMap,
        audience: Audience,
        etag: String,
        kind: &'static str,
        make: impl FnOnce() -> Result<Vec<u8>, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let etag = format!("{etag}-{}", env!("CARGO_PKG_VERSION"));
        if let Some(tag) = known_tag(headers, &etag) {
            return Ok(told(StatusCode::NOT_MODIFIED.into_response(), audience, &tag));
        }
        let coding = Coding::wanted(headers);
        let kept = self.kept.get_or_insert_async(&(etag.clone(), coding), self.made(audience, coding, make)).await?;
        let mut response = ([(header::CONTENT_TYPE, kind)], Body::from(kept.bytes)).into_response();
        // A strong tag names one sequence of bytes, so each coding has its own.
        let mut tag = etag;
        if kept.coding != Coding::Identity {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(kept.coding.as_str()));
            tag = format!("{tag}+{}", kept.coding.as_str());
        }
        Ok(told(response, audience, &tag))
    }

    async fn made(
        &self,
        audience: Audience,
        coding: Coding,
        make: impl FnOnce() -> Result<Vec<u8>, Problem> + Send + 'static,
    ) -> Result<Kept, Problem> {
        let failed = || Problem::new(Kind::Internal);
        let places = match audience {
            Audience::Caller => &self.for_callers,
            Audience::Everybody => &self.for_everybody,
        };
        let place = Arc::clone(places).acquire_owned().await.map_err(|_| failed())?;
        let made = tokio::task::spawn_blocking(move || {
            // Held while it computes, also for a caller who has gone away meanwhile.
            let _place = place;
            let plain = make()?;
            let coding = if plain.len() < WORTHWHILE { Coding::Identity } else { coding };
            let bytes = coding.encode(plain).map_err(|error| {
                tracing::error!(%error, "an answer could not be compressed");
                Problem::new(Kind::Internal)
            })?;
            Ok(Kept { coding, bytes: bytes.into() })
        });
        made.await.map_err(|_| failed())?
    }
}

/// What every answer says of itself, a 304 too (RFC 9110 § 15.4.5).
fn told(mut response: Response, audience: Audience, tag: &str) -> Response {
    let kept = match audience {
        Audience::Caller => "private, no-cache",
        Audience::Everybody => "public, no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        headers.insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place is held while it is computed, whether the caller waits or not; and everybody's places are not those of planners.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_caller_who_goes_away_does_not_free_a_place() {
        let bodies = Arc::new(Bodies::default());
        let places = bodies.for_callers.available_permits();
        let (go, gate) = std::sync::mpsc::channel::<()>();
        let gate = Arc::new(std::sync::Mutex::new(gate));
        let asking = |number: usize| {
            let (bodies, gate) = (Arc::clone(&bodies), Arc::clone(&gate));
            tokio::spawn(async move {
                let wait = move || {
                    gate.lock().map_err(|_| Problem::new(Kind::Internal))?.recv().map_err(|_| Problem::new(Kind::Internal))?;
                    Ok(Vec::new())
                };
                bodies.answer(&HeaderMap::new(), Audience::Caller, number.to_string(), "text/plain", wait).await
            })
        };
        let callers: Vec<_> = (0..places).map(asking).collect();
        while bodies.for_callers.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        for caller in callers {
            caller.abort();
            let _ = caller.await;
        }
        assert_eq!((bodies.for_callers.available_permits(), bodies.for_everybody.available_permits()), (0, places));
        (0..places).for_each(|_| go.send(()).expect("they wait"));
        drop(bodies.for_callers.acquire_many(places as u32).await.expect("open"));
    }

    /// Larger than a shard of many would keep.
    #[tokio::test]
    async fn a_large_answer_is_kept() {
        let bodies = Bodies::default();
        let made = Arc::new(std::sync::atomic::AtomicU32::new(0));
        for _ in 0..2 {
            let made = Arc::clone(&made);
            let make = move || {
                made.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Ok(vec![b'x'; 20 << 20])
            };
            bodies.answer(&HeaderMap::new(), Audience::Caller, "large".to_owned(), "text/plain", make).await.expect("made");
        }
        assert_eq!(made.load(std::sync::atomic::Ordering::Relaxed), 1);
    }

    #[test]
    fn the_caller_gets_the_best_coding_that_it_takes() {
        for (asked, coding) in [
            ("gzip, deflate, br, zstd", Coding::Zstd),
            ("gzip;q=1.0, zstd;q=0", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("br", Coding::Identity),
            ("*", Coding::Zstd),
            ("*;q=0, gzip;q=0.5", Coding::Gzip),
            ("identity", Coding::Identity),
            ("", Coding::Identity),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(asked))]);
            assert_eq!(Coding::wanted(&headers), coding, "{asked}");
        }
        assert_eq!(Coding::wanted(&HeaderMap::new()), Coding::Identity);
    }
}
