//! Typed ids, so that a report's id cannot be handed in where an area's is asked for.

use uuid::Uuid;

use super::invalid::Fault;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Reads the hyphenated form; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                // Only the canonical 36 characters: braces and urn: forms would be two spellings of one id.
                if text.len() == 36 { Uuid::try_parse(text).ok().map(Self) } else { None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.hyphenated().fmt(f) }
        }
    };
}

uuid_id!(
    /// A report's public id and idempotency key: a random UUID v4 made by the phone.
    ReportId
);
uuid_id!(
    /// A focus area of an agreement.
    FocusAreaId
);
uuid_id!(
    /// A cooperation agreement.
    AgreementId
);
uuid_id!(
    /// A pledge (medborgarlöfte).
    PledgeId
);

uuid_id!(
    /// A party: an organisation in the tree.
    PartyId
);
uuid_id!(
    /// A person with an account.
    PersonId
);

/// A photo's id, made by the telephone.
pub fn photo_id(text: &str) -> Result<Uuid, Fault> {
    random(text)
}

/// Accepts only random (version 4) ids: any other version carries a time or a name.
fn random(text: &str) -> Result<Uuid, Fault> {
    match Uuid::try_parse(text) {
        Ok(id) if text.len() == 36 && id.get_version_num() == 4 && id.get_variant() == uuid::Variant::RFC4122 => Ok(id),
        _ => Err(Fault::NotUuidV4),
    }
}

impl ReportId {
    /// Accepts only random (version 4) ids.
    pub fn from_client(text: &str) -> Result<Self, Fault> {
        random(text).map(Self)
    }
}

impl PartyId {
    /// Accepts only random (version 4) ids.
    pub fn from_client(text: &str) -> Result<Self, Fault> {
        random(text).map(Self)
    }
}

impl PersonId {
    /// Accepts only random (version 4) ids.
    pub fn from_client(text: &str) -> Result<Self, Fault> {
        random(text).map(Self)
    }
}

/// A kommun's four-digit code; `9xxx` is used for test kommuner abroad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode([u8; 4]);

impl MunicipalityCode {
    /// Reads exactly four ASCII digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 4] = text.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_digit).then_some(Self(bytes))
    }

    /// The four digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("0000")
    }
}

impl std::fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_random_ids_are_taken_from_a_phone() {
        assert!(ReportId::from_client("6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10").is_ok());
        assert!(ReportId::from_client("6f2c1f0a-3c1b-1a55-9d1e-0a4f7b8c9d10").is_err(), "version 1 tells when and where");
        assert!(ReportId::from_client("{6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10}").is_err());
        assert!(ReportId::from_client("").is_err());
    }

    #[test]
    fn a_kommun_code_is_four_digits() {
        assert_eq!(MunicipalityCode::parse("0780").map(|c| c.to_string()), Some("0780".to_owned()));
        assert!(["780", "07800", "07a0", "", "٠٧٨٠"].iter().all(|text| MunicipalityCode::parse(text).is_none()));
    }
}
