//! People with an account: how they are named, and what a password must be.

use super::codes::codes;
use super::invalid::Fault;

/// Fewest characters of a password (NIST SP 800-63B asks for eight; without a second factor fifteen).
pub const PASSWORD_MIN: usize = 12;
/// Most characters of a password.
pub const PASSWORD_MAX: usize = 128;
/// Most characters of a login.
pub const LOGIN_MAX: usize = 254;
/// Most characters of a name, of a person, party or token.
pub const NAME_MAX: usize = 100;
/// In place of a password's hash where there is none and needs be none: no password has it.
pub const NO_PASSWORD: &str = "!";
/// Days that an invitation holds.
pub const INVITATION_DAYS: i64 = 7;
/// Most days that a guest's term or a token lasts.
pub const TERM_MAX_DAYS: i64 = 366;

codes!(
    /// What a token for machines may do of what its owner may.
    Scope { Read = "read", ReadWrite = "read_write" }
);

codes!(
    /// Why somebody is invited.
    Purpose { FirstAdministrator = "first_administrator", New = "new", Reset = "reset" }
);

/// An e-mail address in one spelling: trimmed, lower case. What is asked of it is only what makes it one; that it reaches somebody is shown
/// by the invitation.
pub fn login(text: &str) -> Result<String, Fault> {
    let login = text.trim().to_lowercase();
    if login.chars().count() > LOGIN_MAX {
        return Err(Fault::TooLong(LOGIN_MAX));
    }
    let good = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
    match login.split_once('@') {
        Some((local, domain))
            if good(local) && good(domain) && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') =>
        {
            Ok(login)
        }
        _ => Err(Fault::NotAnAddress),
    }
}

/// Whether a password may be used by somebody: long enough, and not one that a guesser comes to soon.
pub fn password(text: &str, about: &[&str]) -> Result<(), Fault> {
    let length = text.chars().count();
    if length < PASSWORD_MIN {
        return Err(Fault::TooShort(PASSWORD_MIN));
    }
    if length > PASSWORD_MAX {
        return Err(Fault::TooLong(PASSWORD_MAX));
    }
    let estimate = zxcvbn::zxcvbn(text, about);
    if estimate.score() < zxcvbn::Score::Three { Err(Fault::WeakPassword) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_has_one_spelling() {
        assert_eq!(login(" Anna.Berg@Kommun.Example "), Ok("anna.berg@kommun.example".to_owned()));
        for not in ["", "anna", "anna@", "@example.se", "a b@example.se", "anna@example", "anna@.se", "a@b@c.se", "anna@example.se\n<x>"] {
            assert_eq!(login(not), Err(Fault::NotAnAddress), "{not:?}");
        }
        assert_eq!(login(&format!("{}@example.se", "a".repeat(300))), Err(Fault::TooLong(LOGIN_MAX)));
    }

    #[test]
    fn a_password_is_long_and_hard_to_guess() {
        assert_eq!(password("kort", &[]), Err(Fault::TooShort(PASSWORD_MIN)));
        for weak in ["aaaaaaaaaaaa", "passwordpassword", "qwertyuiop12", "123456789012", "anna.berg@kommun.example"] {
            assert_eq!(password(weak, &["anna.berg@kommun.example", "Anna Berg"]), Err(Fault::WeakPassword), "{weak}");
        }
        assert_eq!(password("lampan över bron blinkar", &[]), Ok(()));
        assert_eq!(password(&"långt ord ".repeat(20), &[]), Err(Fault::TooLong(PASSWORD_MAX)));
    }
}
