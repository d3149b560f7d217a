//! People with an account, what they are where, and the links by which they are invited.

use uuid::Uuid;

use super::dialect::{on, read};
use super::{Db, DbError, Tx};

macro_rules! select_person {
    ($condition:literal) => {
        concat!("SELECT id, login, name, password, closed, created_at, seen_on FROM person", $condition)
    };
}

const ALL: &str = select_person!(" ORDER BY name, id");
const BY_ID: &str = select_person!(" WHERE id = $1");
const BY_LOGIN: &str = select_person!(" WHERE login = $1");
const COUNT: &str = "SELECT COUNT(*) FROM person";
const INSERT: &str = "INSERT INTO person (id, login, name, password, closed, created_at, seen_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const UPDATE: &str = "UPDATE person SET name = $2, password = $3, closed = $4 WHERE id = $1";
const SEEN: &str = "UPDATE person SET seen_on = $2 WHERE id = $1";
const DELETE: [&str; 10] = [
    "DELETE FROM assignment WHERE person = $1",
    "DELETE FROM session WHERE person = $1",
    "DELETE FROM api_token WHERE person = $1",
    "DELETE FROM invitation WHERE person = $1",
    "DELETE FROM passkey WHERE person = $1",
    "DELETE FROM totp WHERE person = $1",
    "DELETE FROM recovery_code WHERE person = $1",
    "DELETE FROM ceremony WHERE person = $1",
    "DELETE FROM identity WHERE person = $1",
    "DELETE FROM person WHERE id = $1",
];
const ASSIGNMENTS: &str = "SELECT person, party, role, valid_until FROM assignment ORDER BY person, party, role";
const CLEAR_ASSIGNMENT: &str = "DELETE FROM assignment WHERE person = $1 AND party = $2";
const ASSIGN: &str = "INSERT INTO assignment (person, party, role, valid_until) VALUES ($1, $2, $3, $4)";
// What a party may ends with the parties above it.
const RIGHTS: &str = "\
    WITH RECURSIVE above (party, up) AS (
        SELECT id, parent FROM party WHERE id IN (SELECT party FROM assignment WHERE person = $1)
        UNION SELECT above.party, party.parent FROM above JOIN party ON party.id = above.up
    )
    SELECT a.role, a.party, a.valid_until, p.kind, p.name, p.everywhere, m.municipality
    FROM assignment a JOIN party p ON p.id = a.party LEFT JOIN party_municipality m ON m.party = p.id
    WHERE a.person = $1 AND (a.valid_until IS NULL OR a.valid_until >= $2) AND (p.valid_until IS NULL OR p.valid_until >= $2)
      AND NOT EXISTS (SELECT 1 FROM above JOIN party q ON q.id = above.up WHERE above.party = a.party AND q.valid_until < $2)
    ORDER BY p.name, a.party, a.role, m.municipality";
const INVITE: &str = "INSERT INTO invitation (hash, person, purpose, expires_at) VALUES ($1, $2, $3, $4)";
const UNINVITE: &str = "DELETE FROM invitation WHERE person = $1";
const UNINVITE_FIRST: &str = "DELETE FROM invitation WHERE purpose = 'first_administrator'";
const FORGET_INVITATIONS: &str = "DELETE FROM invitation WHERE expires_at <= $1";
const INVITATION: &str = "SELECT person, purpose, expires_at FROM invitation WHERE hash = $1";
const USE_INVITATION: &str = "DELETE FROM invitation WHERE hash = $1 AND expires_at > $2";

/// A row of `person`.
#[derive(Clone, sqlx::FromRow)]
pub struct PersonRow {
    /// Id.
    pub id: Uuid,
    /// E-mail address, lower case.
    pub login: String,
    /// Name.
    pub name: String,
    /// PHC string of the password's hash; `None` until the invitation is accepted.
    pub password: Option<String>,
    /// May not log in.
    pub closed: bool,
    /// Microseconds UTC.
    pub created_at: i64,
    /// `YYYY-MM-DD` of the last log-in, local.
    pub seen_on: Option<String>,
}

impl std::fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonRow({})", self.id)
    }
}

/// A row of `assignment`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AssignmentRow {
    /// Who.
    pub person: Uuid,
    /// For whom.
    pub party: Uuid,
    /// As what.
    pub role: String,
    /// `YYYY-MM-DD`, local, inclusive.
    pub valid_until: Option<String>,
}

/// What a person is, somewhere, today: one row for each kommun of each assignment.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RightRow {
    /// Code.
    pub role: String,
    /// Party.
    pub party: Uuid,
    /// Last day of the assignment.
    pub valid_until: Option<String>,
    /// Kind of the party.
    pub kind: String,
    /// Name of the party.
    pub name: String,
    /// In every kommun.
    pub everywhere: bool,
    /// In this kommun.
    pub municipality: Option<String>,
}

/// A row of `invitation`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct InvitationRow {
    /// Whom; `None` for the first administrator.
    pub person: Option<Uuid>,
    /// Code.
    pub purpose: String,
    /// Microseconds UTC.
    pub expires_at: i64,
}

impl Db {
    /// Everybody with an account, by name.
    pub async fn people(&self) -> Result<Vec<PersonRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// How many have an account.
    pub async fn people_count(&self) -> Result<i64, DbError> {
        Ok(read!(self, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)?)
    }

    /// A person.
    pub async fn person(&self, id: Uuid) -> Result<Option<PersonRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await)?)
    }

    /// A person by login.
    pub async fn person_by_login(&self, login: &str) -> Result<Option<PersonRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(BY_LOGIN).bind(login).fetch_optional(pool).await)?)
    }

    /// Every assignment, also those that are over.
    pub async fn assignments(&self) -> Result<Vec<AssignmentRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ASSIGNMENTS).fetch_all(pool).await)?)
    }

    /// What a person is on a day (`YYYY-MM-DD`, local).
    pub async fn rights_of(&self, person: Uuid, today: &str) -> Result<Vec<RightRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(RIGHTS).bind(person).bind(today).fetch_all(pool).await)?)
    }

    /// An invitation by the hash of its key.
    pub async fn invitation(&self, hash: &[u8]) -> Result<Option<InvitationRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(INVITATION).bind(hash).fetch_optional(pool).await)?)
    }
}

impl Tx {
    /// Adds a person.
    pub async fn insert_person(&mut self, row: &PersonRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(INSERT)
            .bind(row.id).bind(&row.login).bind(&row.name).bind(row.password.as_deref()).bind(row.closed).bind(row.created_at)
            .bind(row.seen_on.as_deref())
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// A person, as of this transaction.
    pub async fn person(&mut self, id: Uuid) -> Result<Option<PersonRow>, DbError> {
        Ok(on!(self, conn => sqlx::query_as(BY_ID).bind(id).fetch_optional(conn).await)?)
    }

    /// Writes name, password and whether the account is closed.
    pub async fn update_person(&mut self, row: &PersonRow) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(UPDATE)
            .bind(row.id).bind(&row.name).bind(row.password.as_deref()).bind(row.closed)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Notes the day of a log-in.
    pub async fn person_seen(&mut self, id: Uuid, day: String) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(SEEN).bind(id).bind(day).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Removes a person and all that is theirs.
    pub async fn delete_person(&mut self, id: Uuid) -> Result<(), DbError> {
        for statement in DELETE {
            on!(self, conn => sqlx::query(statement).bind(id).execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Replaces what a person is for some parties.
    pub async fn set_assignments(&mut self, person: Uuid, parties: &[Uuid], rows: &[AssignmentRow]) -> Result<(), DbError> {
        for party in parties {
            on!(self, conn => sqlx::query(CLEAR_ASSIGNMENT).bind(person).bind(*party).execute(conn).await.map(|_| ()))?;
        }
        for row in rows {
            on!(self, conn => sqlx::query(ASSIGN)
                .bind(row.person).bind(row.party).bind(&row.role).bind(row.valid_until.as_deref())
                .execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Adds an invitation in place of any before, and forgets those that are over. Without a person it is the first administrator's.
    pub async fn invite(
        &mut self,
        hash: Vec<u8>,
        person: Option<Uuid>,
        purpose: &'static str,
        now: i64,
        expires_at: i64,
    ) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(FORGET_INVITATIONS).bind(now).execute(conn).await.map(|_| ()))?;
        match person {
            Some(id) => self.uninvite(id).await?,
            None => on!(self, conn => sqlx::query(UNINVITE_FIRST).execute(conn).await.map(|_| ()))?,
        }
        on!(self, conn => sqlx::query(INVITE).bind(hash).bind(person).bind(purpose).bind(expires_at).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Takes a person's invitation back.
    pub async fn uninvite(&mut self, person: Uuid) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(UNINVITE).bind(person).execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Uses an invitation up; `false` when it is not there or over.
    pub async fn use_invitation(&mut self, hash: Vec<u8>, now: i64) -> Result<bool, DbError> {
        let used =
            on!(self, conn => sqlx::query(USE_INVITATION).bind(hash).bind(now).execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }
}
