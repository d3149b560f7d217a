//! Passwords: Argon2id (RFC 9106), few at a time, so that guessing costs memory and time, and not the service's.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::db::DbError;

/// What OWASP's password storage cheat sheet gives as the least: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// How many are computed at once.
const AT_ONCE: usize = 2;
/// How many more may wait for their turn; the next is told to come back, rather than made to wait for longer than anybody does.
const WAITING: usize = 40;
/// A hash that no password has, to compare with where there is none: an unknown login takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The computing of passwords.
#[derive(Debug)]
pub struct Passwords {
    computing: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { computing: Arc::new(Semaphore::new(AT_ONCE)), waiting: Arc::new(Semaphore::new(AT_ONCE + WAITING)) }
    }
}

impl Passwords {
    /// What is stored of a password: a PHC string.
    pub async fn hash(&self, password: String) -> Result<String, DbError> {
        let random = || DbError::Unavailable("no random numbers".to_owned());
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| random())?;
        let salt = SaltString::encode_b64(&bytes).map_err(|_| random())?;
        self.compute(move |argon| argon.hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()))
            .await?
            .map_err(|error| DbError::Unavailable(error.to_string()))
    }

    /// Whether a password is the one that was stored; as slow when none was.
    pub async fn holds(&self, password: String, stored: Option<String>) -> Result<bool, DbError> {
        self.compute(move |argon| {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
            let same = PasswordHash::new(&stored).is_ok_and(|hash| argon.verify_password(password.as_bytes(), &hash).is_ok());
            same && known
        })
        .await
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static) -> Result<T, DbError> {
        let cut_off = || DbError::Unavailable("a password was not computed".to_owned());
        // Held by the work itself: a caller who goes away does not make room for another.
        let _place = self.waiting.try_acquire().map_err(|_| DbError::Unavailable("too many passwords at once".to_owned()))?;
        let turn = Arc::clone(&self.computing).acquire_owned().await.map_err(|_| cut_off())?;
        let work = move || {
            let _turn = turn;
            let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
            work(&Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| cut_off())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_nobody_has_none() {
        let passwords = Passwords::default();
        let stored = passwords.hash("lampan över bron".to_owned()).await.expect("computed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(stored, passwords.hash("lampan över bron".to_owned()).await.expect("computed"), "salted");
        let holds =
            async |text: &str, stored: Option<&str>| passwords.holds(text.to_owned(), stored.map(str::to_owned)).await.expect("computed");
        assert!(holds("lampan över bron", Some(&stored)).await && !holds("lampan under bron", Some(&stored)).await);
        assert!(!holds("", None).await && !holds("nobody", Some("no hash")).await);
        assert!(PasswordHash::new(NOBODY).is_ok(), "what nobody has takes as long as what somebody has");
    }
}
