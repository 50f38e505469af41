//! Asking: what readers and units of work have in common.

use super::{Engine, Row, StoreError, Value, session::Session, sql};

/// The SQL is the same for both engines: lower case, `$n` for bound values (`$1::date` where PostgreSQL cannot know the
/// type). Nulls are ordered by `nulls first`/`nulls last`, never by chance.
pub trait Query {
    /// For the few texts that cannot be the same.
    fn engine(&self) -> Engine;

    /// Hands the rows to `row` as they come; nothing else may be asked from within it.
    fn each(
        &self,
        sql: &str,
        params: &[Value],
        row: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    fn all<T>(
        &self,
        sql: &str,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, params, |next| {
            found.push(row(next)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row, if any.
    fn one<T>(
        &self,
        sql: &str,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.each(sql, params, |next| {
            if found.is_none() {
                found = Some(row(next)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Asks slice by slice: `{wanted}` in the text stands for the list of ids (`in {wanted}`). The slices are in the
    /// order of `wanted`.
    fn each_of<T: Copy + Into<Value>>(
        &self,
        sql: &str,
        wanted: &[T],
        mut row: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for slice in wanted.chunks(sql::LIST_MAX) {
            let list = sql::in_list(1, sql::list_size(slice.len()));
            self.each(&sql.replace("{wanted}", &list), &sql::padded(slice), &mut row)?;
        }
        Ok(())
    }

    /// Asks for many rows of keys, slice by slice: `{wanted}` in the text stands for the rows as a table's content
    /// (`with wanted (source, external_id) as ({wanted}) select ...`), whose columns are of the PostgreSQL `kinds`.
    fn each_of_rows<const N: usize>(
        &self,
        sql: &str,
        kinds: [&str; N],
        wanted: &[[Value; N]],
        mut row: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut rest = wanted;
        while !rest.is_empty() {
            let (slice, later) = rest.split_at(sql::rows_at_once(rest.len()));
            let text = sql.replace("{wanted}", &sql::values(1, slice.len(), &kinds));
            let params: Vec<Value> = slice.iter().flatten().cloned().collect();
            self.each(&text, &params, &mut row)?;
            rest = later;
        }
        Ok(())
    }
}

/// A consistent state of the database, for reading.
pub struct Reader<'a> {
    pub(super) session: &'a dyn Session,
}

impl Query for Reader<'_> {
    fn engine(&self) -> Engine {
        self.session.engine()
    }

    fn each(
        &self,
        sql: &str,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        #[cfg(feature = "testing")]
        crate::testing::count_question();
        self.session.each(sql, params, &mut row)
    }
}
