//! What somebody shows beside or instead of a password: passkeys, an authenticator app, recovery codes.

use jiff::{SignedDuration, Timestamp};
use totp_rs::{Builder, Secret};

use super::codes::codes;

/// Most passkeys of one person.
pub const PASSKEYS_MAX: usize = 10;
/// Recovery codes made at a time; each holds once.
pub const RECOVERY_CODES: usize = 10;
/// Bytes of a recovery code: 80 random bits.
pub const RECOVERY_BYTES: usize = 10;
/// Bytes of an authenticator app's secret (RFC 4226 § 4).
pub const SECRET_BYTES: usize = 20;
/// Digits that an authenticator app shows.
pub const DIGITS: usize = 6;
/// Most characters of a code as somebody writes it, spaces and dashes with it.
pub const CODE_MAX: usize = 40;
/// How long something begun in a browser waits for its answer.
pub const CEREMONY: SignedDuration = SignedDuration::from_mins(5);
/// Wrong answers after which it waits no longer.
pub const TRIES: i64 = 5;
/// How fresh a log-in must be to change how one logs in, or to make a token.
pub const FRESH: SignedDuration = SignedDuration::from_mins(15);

codes!(
    /// What may be shown beside a password.
    Factor { Passkey = "passkey", Totp = "totp", RecoveryCode = "recovery_code" }
);

codes!(
    /// What was begun in a browser and waits for its answer.
    Ceremony {
        /// A passkey is being added.
        AddPasskey = "add_passkey",
        /// An authenticator app is being added.
        AddTotp = "add_totp",
        /// The password held; a second factor is awaited.
        SecondFactor = "second_factor",
        /// A passkey alone is awaited.
        Passkey = "passkey",
        /// Another's log-in service is asked.
        Oidc = "oidc",
    }
);

/// A code as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// Six digits of an authenticator app.
    Totp(String),
    /// A recovery code; whether it is one, its reader says.
    Recovery(String),
}

impl Code {
    /// Six digits, spaces apart, are an app's; the rest may be a recovery code.
    pub fn read(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if plain.len() == DIGITS && plain.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::Totp(plain)
        } else {
            Self::Recovery(text.to_owned())
        }
    }
}

/// The step of 30 seconds whose code this is, the one before and the one after allowed (RFC 6238 § 5.2, SHA-1); `None` when it is none of theirs, or
/// of a step that is not after `last`.
pub fn step_of(code: &str, secret: &[u8; SECRET_BYTES], at: Timestamp, last: i64) -> Option<i64> {
    let app = Builder::new().with_secret(Secret::new_stack(*secret)).build().ok()?;
    let step = i64::try_from(app.check(code, u64::try_from(at.as_second()).ok()?)?).ok()?;
    (step > last).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows of SHA-1; their eight digits end in our six.
    const RFC: [(i64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (second, digits) in RFC {
            let at = Timestamp::from_second(second).expect("a time");
            let code = &digits[2..];
            assert_eq!(step_of(code, secret, at, -1), Some(second / 30), "at {second}");
            assert_eq!(step_of(code, secret, at, second / 30), None, "a code holds once");
            let far = Timestamp::from_second(second + 90).expect("a time");
            assert_eq!(step_of(code, secret, far, -1), None, "and not for long");
            assert_eq!(step_of("000000", secret, at, -1), None);
        }
    }

    #[test]
    fn a_code_is_read_as_it_is_written() {
        assert_eq!(Code::read(" 123 456 "), Code::Totp("123456".to_owned()));
        assert_eq!(Code::read("ABCD-EFGH-JKMN-PQRS"), Code::Recovery("ABCD-EFGH-JKMN-PQRS".to_owned()));
        assert_eq!(Code::read("12345"), Code::Recovery("12345".to_owned()));
        assert!(matches!(Code::read("１２３４５６"), Code::Recovery(_)), "digits of another script are none");
    }
}
