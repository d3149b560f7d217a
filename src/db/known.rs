//! Which of many reports are stored already: what an import asks before it writes a batch.

use std::collections::HashMap;

use uuid::Uuid;

use super::dialect::{on, read};
use super::reports::Known;
use super::{Db, DbError, Tx};

/// Ids in one question.
const GROUP: usize = 64;

/// `$1 … $64` after a select, as text that `concat!` can take.
macro_rules! in_group {
    ($select:literal) => {
        concat!(
            $select,
            " WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, ",
            "$25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, ",
            "$50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64)"
        )
    };
}

const STORED: &str = in_group!("SELECT id, content_hash FROM report");
const GONE: &str = in_group!("SELECT id FROM withdrawn");

/// Binds a group, padded by its first id, so that every group is the same prepared statement.
macro_rules! bind_group {
    ($query:expr, $group:expr) => {{
        let mut query = $query;
        for id in $group.iter().copied().chain(std::iter::repeat($group[0])).take(GROUP) {
            query = query.bind(id);
        }
        query
    }};
}

fn gather(known: &mut HashMap<Uuid, Known>, stored: Vec<(Uuid, Vec<u8>)>, gone: Vec<Uuid>) {
    known.extend(gone.into_iter().map(|id| (id, Known::Withdrawn)));
    known.extend(stored.into_iter().map(|(id, content_hash)| (id, Known::Yes { content_hash })));
}

impl Db {
    /// What is stored under these ids; an id without an entry is free.
    pub async fn known_reports(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>, DbError> {
        let mut known = HashMap::with_capacity(ids.len());
        for group in ids.chunks(GROUP) {
            let stored: Vec<(Uuid, Vec<u8>)> = read!(self, pool => bind_group!(sqlx::query_as(STORED), group).fetch_all(pool).await)?;
            let gone: Vec<Uuid> = read!(self, pool => bind_group!(sqlx::query_scalar(GONE), group).fetch_all(pool).await)?;
            gather(&mut known, stored, gone);
        }
        Ok(known)
    }
}

impl Tx {
    /// What is stored under these ids, as this transaction sees it.
    pub async fn known_reports(&mut self, ids: &[Uuid]) -> Result<HashMap<Uuid, Known>, DbError> {
        let mut known = HashMap::with_capacity(ids.len());
        for group in ids.chunks(GROUP) {
            let stored: Vec<(Uuid, Vec<u8>)> = on!(self, conn => bind_group!(sqlx::query_as(STORED), group).fetch_all(conn).await)?;
            let gone: Vec<Uuid> = on!(self, conn => bind_group!(sqlx::query_scalar(GONE), group).fetch_all(conn).await)?;
            gather(&mut known, stored, gone);
        }
        Ok(known)
    }
}
