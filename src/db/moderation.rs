//! What moderators decide, what becomes public of it, and which reports are of one place.

use uuid::Uuid;

use super::dialect::{on, read};
use super::reports::{ReportRow, select_report};
use super::{Db, DbError, Tx};
use crate::domain::ids::MunicipalityCode;

/// Secrecy classes in a list of a statement, the last repeated.
const CLASSES: usize = 5;

const QUEUE: &str = select_report!(
    "municipality = $1 AND moderation = $2 AND (received_at > $3 OR received_at = $3 AND id > $4) AND secrecy IN ($5, $6, $7, $8, $9) \
    ORDER BY received_at, id LIMIT $10"
);
const QUEUED: &str =
    "SELECT moderation, COUNT(*) FROM report WHERE municipality = $1 AND secrecy IN ($2, $3, $4, $5, $6) GROUP BY moderation";
const DECIDE: &str = "\
    UPDATE report SET version = $3, moderation = $4, moderation_reason = $5, moderated_at = $6, public_note = $7, opened = $8
    WHERE municipality = $1 AND id = $2 AND version = $9";
const SHOWN: &str =
    select_report!("municipality = $1 AND moderation = 'shown' AND opened AND lon IS NOT NULL AND secrecy IN ('public', 'partners')");
// A report is in the release of the quarter it was received in, or in the next one made after somebody had looked at it.
const RELEASABLE: &str = select_report!(
    "municipality = $1 AND moderation IN ('counted', 'shown') AND received_at < $2 AND (received_at >= $3 OR received_at < $4) \
    AND released_in IS NULL AND lon IS NOT NULL AND lat IS NOT NULL AND secrecy IN ('public', 'partners')"
);
const RELEASED: &str = "UPDATE report SET released_in = $3, opened = (opened OR $4) WHERE municipality = $1 AND id = $2";
const OF_PLACE: &str = "SELECT id FROM report WHERE municipality = $1 AND place = $2";
const READ_OF_PLACE: &str = "\
    SELECT id FROM report WHERE municipality = $1 AND place = $2 AND secrecy IN ($3, $4, $5, $6, $7) ORDER BY received_at, id";
const PLACE_OF: &str = "SELECT place FROM report WHERE municipality = $1 AND id = $2";
const PEOPLE: &str = "\
    SELECT COUNT(*) FROM (
        SELECT reporter FROM report
        WHERE municipality = $1 AND place = $2 AND secrecy IN ($3, $4, $5, $6, $7) AND reporter IS NOT NULL
        UNION SELECT support.reporter FROM support JOIN report ON report.municipality = support.municipality AND report.id = support.report
        WHERE report.municipality = $1 AND report.place = $2 AND report.secrecy IN ($3, $4, $5, $6, $7)
    ) AS people";
const ANSWERS: &str = "\
    SELECT answer, answered_at FROM report
    WHERE municipality = $1 AND place = $2 AND id <> $3 AND answer IS NOT NULL AND secrecy IN ('public', 'partners')";
const PUT: &str = "UPDATE report SET version = $3, place = $4 WHERE municipality = $1 AND id = $2";

/// Where a page of the queue begins: after this time of receipt and id.
pub type After = (i64, Uuid);

impl Db {
    /// Reports in a state, of some classes, the oldest first.
    pub async fn moderation_queue(
        &self,
        municipality: MunicipalityCode,
        state: &str,
        classes: &[&str],
        after: After,
        limit: i64,
    ) -> Result<Vec<ReportRow>, DbError> {
        let [a, b, c, d, e] = padded(classes);
        Ok(read!(self, pool => sqlx::query_as(QUEUE).bind(municipality.to_string()).bind(state).bind(after.0).bind(after.1)
            .bind(a).bind(b).bind(c).bind(d).bind(e).bind(limit).fetch_all(pool).await)?)
    }

    /// How many reports of some classes are in each state.
    pub async fn moderation_counts(&self, municipality: MunicipalityCode, classes: &[&str]) -> Result<Vec<(String, i64)>, DbError> {
        let [a, b, c, d, e] = padded(classes);
        Ok(read!(self, pool => sqlx::query_as(QUEUED).bind(municipality.to_string())
            .bind(a).bind(b).bind(c).bind(d).bind(e).fetch_all(pool).await)?)
    }

    /// The reports that everybody may see, in no order.
    pub async fn shown_reports(&self, municipality: MunicipalityCode) -> Result<Vec<ReportRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(SHOWN).bind(municipality.to_string()).fetch_all(pool).await)?)
    }

    /// What the release of a quarter (microseconds, half-open) counts: of that quarter, and what was late for the releases before `made_until`.
    pub async fn releasable(
        &self,
        municipality: MunicipalityCode,
        (from, to): (i64, i64),
        made_until: i64,
    ) -> Result<Vec<ReportRow>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(RELEASABLE).bind(municipality.to_string()).bind(to).bind(from).bind(made_until)
            .fetch_all(pool).await)?)
    }

    /// The reports of a place that are of some classes, the oldest first, and how many people have told of it in them, in a report or by "me too".
    pub async fn place(&self, municipality: MunicipalityCode, place: Uuid, classes: &[&str]) -> Result<(Vec<Uuid>, i64), DbError> {
        let code = municipality.to_string();
        let [a, b, c, d, e] = padded(classes);
        let reports = read!(self, pool => sqlx::query_scalar(READ_OF_PLACE).bind(&code).bind(place)
            .bind(a).bind(b).bind(c).bind(d).bind(e).fetch_all(pool).await)?;
        let people = read!(self, pool => sqlx::query_scalar(PEOPLE).bind(&code).bind(place)
            .bind(a).bind(b).bind(c).bind(d).bind(e).fetch_one(pool).await)?;
        Ok((reports, people))
    }

    /// The public answers to the other reports of a place, with when (microseconds UTC).
    pub async fn answers_of_place(
        &self,
        municipality: MunicipalityCode,
        place: Uuid,
        but: Uuid,
    ) -> Result<Vec<(String, Option<i64>)>, DbError> {
        Ok(read!(self, pool => sqlx::query_as(ANSWERS).bind(municipality.to_string()).bind(place).bind(but).fetch_all(pool).await)?)
    }
}

impl Tx {
    /// Writes a decision, if the row is still at the version that was read; `false` when it is not.
    pub async fn moderate_report(&mut self, row: &ReportRow, version: i64) -> Result<bool, DbError> {
        let done = on!(self, conn => sqlx::query(DECIDE)
            .bind(&row.municipality).bind(row.id).bind(version).bind(&row.moderation).bind(row.moderation_reason.as_deref())
            .bind(row.moderated_at).bind(row.public_note.as_deref()).bind(row.opened).bind(row.version)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(done == 1)
    }

    /// Remembers which release counted a report, and whether its square is open from now on.
    pub async fn mark_released(&mut self, municipality: MunicipalityCode, id: Uuid, period: &str, opens: bool) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(RELEASED).bind(municipality.to_string()).bind(id).bind(period).bind(opens)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// The place of a report: `None` when there is no such report.
    pub async fn place_of(&mut self, municipality: MunicipalityCode, id: Uuid) -> Result<Option<Option<Uuid>>, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(PLACE_OF).bind(municipality.to_string()).bind(id).fetch_optional(conn).await)?)
    }

    /// The reports of a place.
    pub async fn reports_of_place(&mut self, municipality: MunicipalityCode, place: Uuid) -> Result<Vec<Uuid>, DbError> {
        Ok(on!(self, conn => sqlx::query_scalar(OF_PLACE).bind(municipality.to_string()).bind(place).fetch_all(conn).await)?)
    }

    /// Puts a report into a place, or takes it out.
    pub async fn put_in_place(
        &mut self,
        municipality: MunicipalityCode,
        id: Uuid,
        version: i64,
        place: Option<Uuid>,
    ) -> Result<(), DbError> {
        on!(self, conn => sqlx::query(PUT).bind(municipality.to_string()).bind(id).bind(version).bind(place)
            .execute(conn).await.map(|_| ()))?;
        Ok(())
    }
}

/// The same classes, one of them again where there are fewer; no class at all is one that nothing has.
fn padded<'a>(classes: &[&'a str]) -> [&'a str; CLASSES] {
    let last = classes.last().copied().unwrap_or_default();
    std::array::from_fn(|at| classes.get(at).copied().unwrap_or(last))
}
