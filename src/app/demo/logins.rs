//! People of the example: one of each role, to log in as. They are named after what they are; nobody has these addresses.

use uuid::Uuid;

use super::install::{DemoError, NAMESPACE};
use crate::app::App;
use crate::app::directory::{Assignment, DirectoryError};
use crate::app::keys::crockford;
use crate::db::DbError;
use crate::db::people::PersonRow;
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, PartyId, PersonId};
use crate::domain::party::{Extent, Party, PartyKind};
use crate::domain::permission::Role;

/// Name, kind, the party above by its place here, and the kommuner.
type PartyOf = (&'static str, PartyKind, Option<usize>, &'static [&'static str]);

const PARTIES: &[PartyOf] = &[
    ("Olofströms kommun", PartyKind::Municipality, None, &["1060"]),
    ("Växjö kommun", PartyKind::Municipality, None, &["0780"]),
    ("Degerfors kommun", PartyKind::Municipality, None, &["1862"]),
    ("Lokalpolisområde Exempel", PartyKind::PoliceDistrict, None, &["0780", "1060"]),
    ("Tekniska förvaltningen", PartyKind::Administration, Some(0), &["1060"]),
];

/// Login, name, role and party by its place.
const PEOPLE: &[(&str, &str, Role, Option<usize>)] = &[
    ("admin@lykta.example", "Administratör", Role::Administrator, None),
    ("samordnare@olofstrom.example", "Säkerhetssamordnare Olofström", Role::Coordinator, Some(0)),
    ("planerare@olofstrom.example", "Planerare Olofström", Role::Planner, Some(0)),
    ("moderator@olofstrom.example", "Moderator Olofström", Role::Moderator, Some(0)),
    ("handlaggare@olofstrom.example", "Handläggare teknik", Role::Handler, Some(4)),
    ("samordnare@vaxjo.example", "Säkerhetssamordnare Växjö", Role::Coordinator, Some(1)),
    ("samordnare@degerfors.example", "Säkerhetssamordnare Degerfors", Role::Coordinator, Some(2)),
    ("kommunpolis@polisen.example", "Kommunpolis Exempel", Role::Kommunpolis, Some(3)),
];

fn party_id(at: usize) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("party/{at}").as_bytes())
}

fn person_id(at: usize) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("person/{at}").as_bytes())
}

impl App {
    /// Adds the people of the example.
    pub(super) async fn install_people(&self) -> Result<(), DemoError> {
        let fault = |error: DirectoryError| match error {
            DirectoryError::Db(error) => DemoError::Db(error),
            other => DemoError::Data(other.to_string()),
        };
        let root = self.root().await.map_err(fault)?;
        let mut parties = vec![root];
        for (at, (name, kind, above, codes)) in PARTIES.iter().enumerate() {
            let party = Party {
                id: PartyId(party_id(at)),
                parent: Some(parties[above.map_or(0, |above| above + 1)].id),
                kind: *kind,
                name: (*name).to_owned(),
                extent: Extent::In(codes.iter().filter_map(|code| MunicipalityCode::parse(code)).collect()),
                valid_until: None,
            };
            self.store_party(&Actor::System, &party).await.map_err(fault)?;
            parties.push(party);
        }
        let password = self.passwords.hash(self.demo_password()).await?;
        for (at, (login, name, role, party)) in PEOPLE.iter().enumerate() {
            let row = PersonRow {
                id: person_id(at),
                login: (*login).to_owned(),
                name: (*name).to_owned(),
                password: Some(password.clone()),
                closed: false,
                created_at: self.now().as_microsecond(),
                seen_on: None,
            };
            let party = parties[party.map_or(0, |party| party + 1)].id;
            let assignment = Assignment { party, role: *role, until: None };
            self.store_person(&Actor::System, &parties, row, &[assignment], None).await.map_err(fault)?;
        }
        Ok(())
    }

    /// The logins of the example, and the password that they share: another in every database.
    pub async fn demo_logins(&self) -> Result<Option<(Vec<&'static str>, String)>, DbError> {
        let mut logins = Vec::new();
        for (at, (login, ..)) in PEOPLE.iter().enumerate() {
            if self.db.person(person_id(at)).await?.is_some_and(|person| !person.closed) {
                logins.push(*login);
            }
        }
        Ok((!logins.is_empty()).then(|| (logins, self.demo_password())))
    }

    fn demo_password(&self) -> String {
        crockford(&self.keys.one_time("demo", "password")[..10]).to_lowercase()
    }

    /// Erases the people of the example, and those of its parties that nobody else has come to use.
    pub(in crate::app) async fn erase_demo_people(&self) -> Result<(), DirectoryError> {
        for at in 0..PEOPLE.len() {
            match self.erase_person(&Actor::System, PersonId(person_id(at))).await {
                Ok(()) | Err(DirectoryError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        for at in (0..PARTIES.len()).rev() {
            match self.remove_party(&Actor::System, PartyId(party_id(at))).await {
                Ok(()) | Err(DirectoryError::NotFound | DirectoryError::InUse) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
